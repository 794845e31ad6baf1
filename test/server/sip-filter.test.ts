import { expect, it } from 'vitest'
import { mayPass } from '../../server/telephony/sip-filter.ts'

const lines = (...of: readonly string[]) => `${of.join('\r\n')}\r\n\r\n`
const register = (from: string, to = from) =>
  lines('REGISTER sip:guichet SIP/2.0', 'Via: SIP/2.0/WS x.invalid', `From: <sip:${from}@guichet>;tag=1`, `To: <sip:${to}@guichet>`)
const request = (method: string, to: string, ...more: readonly string[]) =>
  lines(`${method} sip:asterisk@127.0.0.1:5060;transport=ws SIP/2.0`, 'From: <sip:browser-alice@guichet>;tag=1', `To: ${to}`, ...more)

const inside = '<sip:0561551234@127.0.0.1>;tag=as1'
const cases: readonly [string, string, boolean][] = [
  ['registers as itself', register('browser-alice'), true],
  ['registers as a colleague', register('browser-bruno'), false],
  ['registers a colleague as itself', register('browser-alice', 'browser-bruno'), false],
  ['registers as a desk phone of its own', register('phone-alice'), false],
  ['answers', 'SIP/2.0 200 OK\r\nVia: x\r\n\r\n', true],
  ['acknowledges', request('ACK', inside), true],
  ['hangs up', request('BYE', inside), true],
  ['negotiates anew within a call', request('INVITE', inside), true],
  ['dials', request('INVITE', '<sip:0033900000000@guichet>'), false],
  ['dials with a tag in a name', request('INVITE', '";tag=1" <sip:guichet@guichet>'), false],
  ['asks for another call to be moved', request('REFER', inside), false],
  ['sends a text', request('MESSAGE', inside), false],
  ['looks at others', request('SUBSCRIBE', inside), false],
  ['says To twice', request('BYE', inside, 'To: <sip:guichet@guichet>'), false],
  ['hides a second To behind its short name', request('INVITE', inside, 't: <sip:guichet@guichet>'), false],
  ['folds a line', request('INVITE', '<sip:guichet@guichet>\r\n ;tag=1'), false],
  ['says nothing that is SIP', 'GET / HTTP/1.1\r\n\r\n', false],
  ['says nothing', '', false],
]

it.each(cases)('a browser that %s', (_what, message, passes) => {
  expect(mayPass(message, 'browser-alice')).toBe(passes)
})
