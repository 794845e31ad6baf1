import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mailStore } from '../../server/database/outbox.ts'
import { outboxStore } from '../../server/database/outbox-store.ts'
import { mailerScene } from '../support/mailer-scene.ts'
import type { Smtp } from '../support/smtp.ts'

const { cleanUp, clock, database, mailer, owe, row, server } = mailerScene()

describe('killed', () => {
  function child(smtp: Smtp, mode: string) {
    const script = join(import.meta.dirname, '../support/mailer-process.ts')
    const doomed = spawn(process.execPath, [script, database().url, smtp.url, mode], { stdio: ['ignore', 'pipe', 'inherit'] })
    const exited = once(doomed, 'exit')
    const kill = async () => {
      doomed.kill('SIGKILL')
      await exited
    }
    cleanUp.push(kill)
    return { asked: once(doomed.stdout, 'data'), kill }
  }

  it('before the end of the message was allowed: the server has nothing, and the next process sends it once', async () => {
    const smtp = await server()
    const id = await owe()
    const doomed = child(smtp, 'stop-before-end')
    await doomed.asked
    await doomed.kill()
    expect(await row(id)).toMatchObject({ state: 'sending', attempts: 1 })
    expect(smtp.received).toHaveLength(0)
    await mailer(smtp.url).settled()
    expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2 })
    expect(smtp.received).toHaveLength(1)
  })

  it('after the server has taken it and before that was noted: not sent again by itself; by a person, under the same Message-ID', async () => {
    const smtp = await server()
    const id = await owe()
    const doomed = child(smtp, 'stop-before-noting')
    // The server's yes has come back.
    await doomed.asked
    await doomed.kill()
    expect(smtp.received).toHaveLength(1)
    const next = mailer(smtp.url)
    await next.settled()
    clock.now += 24 * 3_600_000
    await next.settled()
    expect(await row(id)).toMatchObject({ state: 'uncertain', attempts: 1 })
    expect(smtp.received).toHaveLength(1)
    await mailStore(database().db, { now: () => new Date(clock.now), domain: 'univ.example' }).settle(id, 'again', {
      id: 'sophie',
      name: 'Sophie',
    })
    await next.settled()
    expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2, settledName: 'Sophie' })
    expect(smtp.received.map(({ mail }) => mail.messageId)).toEqual([`<${id}@univ.example>`, `<${id}@univ.example>`])
  })

  it('again and again while many leave: each arrives once, or is shown as uncertain and arrived at most once', async () => {
    const smtp = await server()
    const ids = await Promise.all(Array.from({ length: 60 }, () => owe()))
    for (const count of [7, 19, 34]) {
      const doomed = child(smtp, 'normal')
      await smtp.arrived(count)
      await doomed.kill()
    }
    // Those processes kept real time.
    clock.now = Date.now() + 1_000
    await mailer(smtp.url).settled()
    const times = (id: string) => smtp.received.filter(({ mail }) => mail.messageId === `<${id}@univ.example>`).length
    const states = await Promise.all(ids.map(async (id) => [(await row(id)).state, times(id)] as const))
    expect(states.filter(([state, n]) => !(state === 'sent' && n === 1) && !(state === 'uncertain' && n <= 1))).toEqual([])
    // Of those under way at each kill, no more than leave at once.
    expect(states.filter(([state]) => state === 'uncertain').length).toBeLessThanOrEqual(3 * 4)
  })

  it('after the end and before the answer: uncertain for good, one message', async () => {
    const smtp = await server()
    smtp.behave({ kind: 'silent-at-end' })
    const id = await owe()
    const doomed = child(smtp, 'normal')
    await smtp.arrived(1)
    await doomed.kill()
    smtp.behave({ kind: 'accept' })
    const next = mailer(smtp.url)
    await next.settled()
    expect(await row(id)).toMatchObject({ state: 'uncertain', attempts: 1 })
    expect((await row(id)).lastError).toContain('interrompu')
    expect(next.state().detail).toContain('incertaine')
    expect(smtp.received).toHaveLength(1)
  })
})

describe('never twice', () => {
  it('when two processes send at once', async () => {
    const smtp = await server()
    const ids = await Promise.all(Array.from({ length: 40 }, () => owe()))
    const [a, b] = [mailer(smtp.url), mailer(smtp.url)]
    await Promise.all([a.settled(), b.settled()])
    await Promise.all([a.settled(), b.settled()])
    expect(smtp.received).toHaveLength(40)
    expect(new Set(smtp.received.map(({ mail }) => mail.messageId))).toEqual(new Set(ids.map((id) => `<${id}@univ.example>`)))
  })

  it('when another process took the mail over at the last instant', async () => {
    const smtp = await server()
    const id = await owe()
    const store = outboxStore(database().db)
    const other = mailer(smtp.url)
    const slow = mailer(smtp.url, {
      outbox: {
        ...store,
        markFinishing: async (claim) => {
          await other.settled()
          return await store.markFinishing(claim)
        },
      },
    })
    await slow.settled()
    expect(smtp.received).toHaveLength(1)
    expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2 })
  })

  it('when PostgreSQL cannot say that the message may end', async () => {
    const smtp = await server()
    const id = await owe()
    const store = outboxStore(database().db)
    let away = true
    const sender = mailer(smtp.url, {
      outbox: { ...store, markFinishing: (claim) => (away ? Promise.reject(new Error('away')) : store.markFinishing(claim)) },
    })
    await sender.settled()
    expect(smtp.received).toHaveLength(0)
    expect((await row(id)).state).toBe('pending')
    away = false
    clock.now += 30_000
    await sender.settled()
    expect(smtp.received).toHaveLength(1)
  })

  it('when PostgreSQL cannot take the outcome: it is kept, and written at the next round', async () => {
    const smtp = await server()
    const id = await owe()
    const store = outboxStore(database().db)
    let away = true
    const sender = mailer(smtp.url, {
      outbox: { ...store, sent: (claim) => (away ? Promise.reject(new Error('away')) : store.sent(claim)) },
    })
    await sender.settled()
    expect((await row(id)).state).toBe('uncertain')
    away = false
    await sender.settled()
    expect((await row(id)).state).toBe('sent')
    expect(smtp.received).toHaveLength(1)
  })
})
