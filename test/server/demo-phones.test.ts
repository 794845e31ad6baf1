import pino from 'pino'
import { expect, test } from 'vitest'
import type { Ari } from '../../server/telephony/ari.ts'
import { DemoPhones } from '../../server/telephony/demo-phones.ts'
import type { AriEvent } from '../../server/telephony/events.ts'
import type { Listener } from '../../server/telephony/listener.ts'

/** Its own peer is asked only for what is told to Asterisk, and in which order. */
function phones() {
  const asked: string[] = []
  const ari = { request: async (method: string, path: string) => void asked.push(`${method} ${path}`) } as unknown as Ari
  const listener = { listen: async () => undefined } as unknown as Listener
  return { asked, phones: new DemoPhones({ ari, listener, log: pino({ level: 'silent' }) }) }
}
const started = (id: string) => ({ type: 'StasisStart', channel: { id } }) as Extract<AriEvent, { type: 'StasisStart' }>

test('a demonstration’s phone answered before it rings is picked up as soon as it does', async () => {
  const { asked, phones: demo } = phones()
  demo.pickUp('call~leg1')
  expect(asked).toEqual([])
  demo.onStart(started('call~leg1;2'))
  await expect.poll(() => asked).toContain('POST /channels/call~leg1%3B2/answer')
  expect(asked).not.toContain('POST /channels/call~leg1%3B2/ring')
})

test('an answer to a phone that never rang does not pick up the next one', async () => {
  const { asked, phones: demo } = phones()
  demo.pickUp('call~leg1')
  demo.onEvent({ type: 'ChannelDestroyed', channel: { id: 'call~leg1;2' } } as AriEvent)
  demo.onStart(started('call~leg1;2'))
  demo.onStart(started('call~leg2;2'))
  expect(asked).toEqual(['POST /channels/call~leg1%3B2/ring', 'POST /channels/call~leg2%3B2/ring'])
})
