import { describe, expect, it } from 'vitest'
import { mailSettings } from '../../server/contract/mail-templates.ts'
import type { Attempt, Entry, OriginKind } from '../../server/owed/model.ts'
import { tellingMail, toTell } from '../../server/owed/telling.ts'

const at = Date.parse('2026-11-23T09:00:00Z')
const minute = 60_000
const origin = (kind: OriginKind, ms = at) => ({ kind, at: ms, callId: `c${ms}${kind}`, messageId: null, seconds: null })
const entry = (of: Partial<Entry> = {}): Entry => ({
  id: 'e',
  number: '+33561551234',
  origins: [origin('abandoned')],
  firstAt: at,
  lastAt: at,
  dueAt: at,
  priority: false,
  attempts: [],
  escalations: [],
  escalated: null,
  status: { kind: 'open' },
  ...of,
})
const tried = (outcome: Attempt['outcome'], ms: number): Attempt => ({
  at: ms,
  by: { id: 'alice', name: 'Alice' },
  outcome,
  note: null,
  laterAt: outcome === 'later' ? ms + 60 * minute : null,
})

describe('what a person who is owed an answer is written', () => {
  it.each<readonly [string, Partial<Entry>, number, ReturnType<typeof toTell>]>([
    ['a call missed a moment ago: they may call again at once', {}, 2, null],
    ['a call missed a while ago', {}, 3, { about: 'missed', when: at }],
    ['a call after hours', { origins: [origin('closed')] }, 3, { about: 'missed', when: at }],
    ['a call missed long ago, while the service was away', {}, 121, null],
    [
      'several calls: once, of the first',
      { origins: [origin('abandoned'), origin('abandoned', at + minute)] },
      5,
      { about: 'missed', when: at },
    ],
    ['one that was told already', { told: [{ at: at + 3 * minute, about: 'missed' }] }, 10, null],
    ['whoever left a message was told on the telephone', { origins: [origin('abandoned'), origin('message')] }, 10, null],
    ['whoever was answered, and lost the line', { origins: [origin('cut')] }, 10, null],
    ['whoever was cut by the limit, too', { origins: [origin('capped')] }, 10, null],
    ['whoever got through meanwhile', { status: { kind: 'settled', how: 'got-through', by: null, at } }, 10, null],
    [
      'a call back that nobody answered',
      { attempts: [tried('no-answer', at + 9 * minute)] },
      10,
      { about: 'attempted', when: at + 9 * minute },
    ],
    [
      'a call back to a busy line, whatever it is owed for',
      { origins: [origin('message')], attempts: [tried('busy', at)] },
      1,
      { about: 'attempted', when: at },
    ],
    ['a call back that was told', { attempts: [tried('busy', at)], told: [{ at: at + 1, about: 'attempted' }] }, 1, null],
    [
      'the next call back, too',
      { attempts: [tried('busy', at), tried('no-answer', at + 30 * minute)], told: [{ at: at + 1, about: 'attempted' }] },
      31,
      { about: 'attempted', when: at + 30 * minute },
    ],
    ['whoever answered and wants to be called later', { attempts: [tried('later', at)] }, 1, null],
  ])('%s', (_who, of, minutes, told) => {
    expect(toTell(entry(of), at + minutes * minute)).toEqual(told)
  })

  it('says when, at which number, and how else the desk is reached, in the site’s languages', () => {
    const mails = mailSettings.parse({ languages: 'fr-en' })
    const words = { mails, form: 'https://g/demande', timeZone: 'Europe/Paris' }
    const of = { when: at, number: '+33561551234' }
    const missed = tellingMail('missed', of, words)
    expect(missed.subject).toBe('[Guichet unique] nous avons manqué votre appel')
    expect(missed.text).toContain('lundi 23 novembre à 10 h et personne')
    expect(missed.text).toContain('call you back at 05 61 55 12 34')
    expect(tellingMail('attempted', of, words).text).toContain('sans pouvoir vous joindre.\nNous essaierons encore.')
  })
})
