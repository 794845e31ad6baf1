import { expect, it } from 'vitest'
import { mailSettings } from '../../server/contract/mail-templates.ts'
import { escalationOf, type EscalationRules, lateMail } from '../../server/owed/escalation.ts'
import type { Entry } from '../../server/owed/model.ts'
import { alice, entryThatIs, folded, hourMs } from './entries.ts'

const rules: EscalationRules = { mailAt: (dueAt) => dueAt + hourMs, mailTo: ['dsi@univ.example'] }
const due = entryThatIs('open').dueAt

/** An entry after it was looked at, at each of these moments. */
const lookedAt = (entry: Entry, ...moments: readonly number[]): Entry =>
  moments.reduce((before, now) => {
    const fact = escalationOf(before, rules, now)
    return fact === null ? before : (folded(before.id, before, [fact]) ?? before)
  }, entry)
const steps = ({ escalations }: Entry) => escalations.map(({ at, step, to }) => [at - due, step, ...to])

it('what is late is shown to supervisors, then written to the addresses, once each', () => {
  const moments = [due - 1, due, due + 1, due + hourMs - 1, due + hourMs, due + 2 * hourMs]
  const told = [
    [0, 'supervisors'],
    [hourMs, 'mail', 'dsi@univ.example'],
  ]
  expect(steps(lookedAt(entryThatIs('open'), ...moments))).toEqual(told)
  expect(steps(lookedAt(entryThatIs('taken by another'), ...moments))).toEqual(told)
})

it('nobody is written to when there is no address', () => {
  const seen = lookedAt(entryThatIs('open'), due)
  expect(escalationOf(seen, { mailAt: null, mailTo: [] }, due + 9 * hourMs)).toBeNull()
})

it('a new time agreed with the person begins anew', () => {
  const late = lookedAt(entryThatIs('open'), due, due + hourMs)
  const laterAt = due + 5 * hourMs
  const agreed = folded(late.id, late, [{ at: due + hourMs, type: 'attempted', by: alice, outcome: 'later', note: null, laterAt }])
  if (agreed === null) throw new Error('the entry is gone')
  expect(agreed.escalated).toBeNull()
  expect(steps(lookedAt(agreed, laterAt - 1, laterAt)).at(-1)).toEqual([5 * hourMs, 'supervisors'])
})

it('what is settled is no longer late', () => {
  expect(escalationOf(entryThatIs('settled'), rules, due + 9 * hourMs)).toBeNull()
})

it('the mail names who waits, since when, and who has it', () => {
  const words = {
    link: 'https://guichet.univ.example/console/a-rappeler',
    nameOf: () => 'Claire Dubois',
    when: () => 'à 10 h',
    mails: mailSettings.parse({}),
  }
  const mail = lateMail([entryThatIs('taken by another')], words)
  expect(mail.subject).toBe('[Guichet unique] Une réponse est en retard')
  expect(mail.text).toContain('- Claire Dubois (05 61 55 12 34) : réponse attendue à 10 h, Bruno Lefort s’en occupe')
  expect(mail.text).toContain(words.link)
  expect(lateMail([entryThatIs('open'), { ...entryThatIs('open'), number: null }], words).text).toContain('- numéro masqué')
})
