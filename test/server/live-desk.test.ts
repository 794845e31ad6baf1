import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import { Engine } from '../../server/engine/engine.ts'
import { FactLog } from '../../server/engine/fact-log.ts'
import { LiveDesk } from '../../server/engine/live-desk.ts'
import { roster, settings } from '../calls/scene.ts'

let folder: string
let log: FactLog
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'live-desk-'))
  log = new FactLog(folder)
})
afterEach(() => {
  log.close()
  rmSync(folder, { recursive: true })
})

/** Alice in conversation with c1, and what is written down from now on. */
function talking(telephonyUp = true): { readonly desk: LiveDesk; readonly facts: Fact[] } {
  const engine = new Engine({
    log,
    logger: pino({ level: 'silent' }),
    settings: () => settings,
    now: Date.now,
    perform: () => undefined,
    resync: () => Promise.resolve(),
  })
  engine.submit({ type: 'roster', operators: roster })
  engine.submit({ type: 'hours', open: true })
  engine.submit({ type: 'operator-asks', operatorId: 'alice', change: { state: 'ready' } })
  engine.submit({ type: 'call-arrived', channel: 'c1', number: null, dialled: null, people: [] })
  engine.submit({ type: 'leg-answered', leg: engine.state.calls.get('c1')?.offers[0]?.leg ?? '' })
  const facts: Fact[] = []
  engine.onTurn(({ logged }) => facts.push(...logged.map(({ fact }) => fact)))
  const desk = new LiveDesk({
    engine,
    hours: { sentence: () => '', order: () => undefined },
    telephonyUp: () => telephonyUp,
    settings: () => settings,
    lines: () => [],
    groups: () => null,
    now: Date.now,
    pickUp: () => false,
  })
  return { desk, facts }
}

it('a number that may not be dialled is refused for a question and a transfer as for a call, and written down each time', () => {
  const { desk, facts } = talking()
  const premium = { kind: 'number', number: '0899123456' } as const
  const refused = expect.objectContaining({ code: 'number_not_allowed' })
  expect(() => desk.consult('alice', 'c1', premium)).toThrow(refused)
  expect(() => desk.transfer('alice', 'c1', premium)).toThrow(refused)
  expect(facts.map(({ type }) => type)).toEqual(['outgoing-refused', 'outgoing-refused'])
})

it('while Asterisk is away nothing is believed to be heard otherwise than it is; the limit is put off all the same', () => {
  const { desk, facts } = talking(false)
  const away = expect.objectContaining({ code: 'telephony_away' })
  expect(() => desk.hold('alice', 'c1', true)).toThrow(away)
  expect(() => desk.mute('alice', 'c1', true)).toThrow(away)
  expect(() => desk.orderRecording('alice', 'c1', 'cancel')).toThrow(away)
  expect(() => desk.sendKeys('alice', 'c1', '1')).toThrow(away)
  expect(() => desk.hangUp('alice', 'c1')).toThrow(away)
  expect(facts).toEqual([])
  desk.extend('alice', 'c1', 'Diagnostic en cours')
  expect(facts.map(({ type }) => type)).toEqual(['limit-extended'])
})
