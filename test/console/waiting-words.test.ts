import type { TFunction } from 'i18next'
import { expect, test } from 'vitest'
import { waitingWithin, waitingWords } from '../../console/tickets/waiting-words.ts'
import { lifeFr } from '../../console/ui/locales/life-fr.ts'

const t = ((key: string, values: Readonly<Record<string, string>>) => {
  const text = key
    .split('.')
    .slice(1)
    .reduce<unknown>((part, name) => (part as Readonly<Record<string, unknown>>)[name], lifeFr) as string
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
}) as unknown as TFunction

test('whom a ticket waits for keeps its capitals in the middle of a sentence', () => {
  const what = { for: 'level3', name: 'AMUE', reference: 'INC-77', dueAt: null } as const
  expect(waitingWords(t, what)).toBe('Attend AMUE, réf. INC-77')
  expect(waitingWithin(t, what)).toBe('attend AMUE, réf. INC-77')
})
