import pino from 'pino'
import { expect, it } from 'vitest'
import { disruptionContent } from '../../server/contract/disruptions.ts'
import type { SpokenDisruption } from '../../server/database/disruption-store.ts'
import { Disruptions } from '../../server/engine/disruptions.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'

const wifi = disruptionContent.parse({
  title: 'Wi-Fi en panne',
  startsAt: '2026-11-23T08:50:00.000Z',
  spoken: { fr: 'Le Wi-Fi est en panne.', en: 'The Wi-Fi is down.' },
})

it('disruptions are heard of as they were read last, whichever answer comes last', async () => {
  const folder = testFolder()
  const state = { id: 'd', version: 1, endedAt: null, resolution: '', ...wifi }
  const answers: ((found: SpokenDisruption[]) => void)[] = []
  const heard = new Disruptions({
    varDir: folder,
    disruptions: { spoken: () => new Promise((resolve) => answers.push(resolve)), endWithTickets: async () => false },
    tickets: { joinCallers: async () => [], tellSome: async () => [] },
    peopleOf: () => [],
    sounds: { of: () => null },
    heard: () => true,
    speak: async () => undefined,
    tellSubscribers: async () => false,
    onSaved: () => undefined,
    onMails: () => undefined,
    onChange: () => undefined,
    log: pino({ level: 'silent' }),
    now: () => Date.parse(wifi.startsAt),
  })
  try {
    const [first, second] = [heard.changed(), heard.changed()]
    // The second read knows that it is over; the first comes back after it.
    answers[1]?.([])
    await second
    answers[0]?.([{ state, ticket: 1 }])
    await first
    expect(heard.words()).toEqual([])
  } finally {
    await heard.stop()
    removeTestFolder(folder)
  }
})
