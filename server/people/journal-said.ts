import type { JournalEntry } from '../contract/entities.ts'
import { within } from '../contract/in-words.ts'
import type { WaitingFor } from '../contract/ticket-states.ts'
import { journalFr } from '../contract/words-fr.ts'

const filled = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))

type When = (iso: string) => string

function awaited(what: WaitingFor, when: When): string {
  const { waits, waitsForParent } = journalFr
  const by = (at: string | null) => (at === null ? '' : filled(waits.by, { when: when(at) }))
  switch (what.for) {
    case 'user':
      return waits.user + (what.remindAt === null ? '' : filled(waits.remind, { when: when(what.remindAt) }))
    case 'level3':
      return filled(waits.level3, { name: what.name, reference: what.reference }) + by(what.dueAt)
    case 'instance':
      return filled(waits.instance, { name: what.name }) + by(what.dueAt)
    case 'date':
      return filled(waits.date, { when: when(what.until) })
    case 'parent':
      return filled(waitsForParent, { number: what.ticket })
    default:
      return what satisfies never
  }
}

/** What was done, as the timeline of the console says it, in French; its text stands apart. */
export function journalSaid({ kind, text, detail }: Pick<JournalEntry, 'kind' | 'text' | 'detail'>, when: When): string {
  const { kinds, observers, visits, page, remote, clock, clockNames } = journalFr
  const unverified = detail?.unverified === true ? journalFr.unverified : ''
  switch (kind) {
    case 'redirected':
      return filled(kinds.redirected, { group: detail?.group?.name ?? '' })
    case 'given-back':
      return filled(detail?.suggested === undefined ? kinds['given-back'] : journalFr.givenBackFor, {
        group: detail?.group?.name ?? '',
        suggested: detail?.suggested?.name ?? '',
      })
    case 'observer': {
      const { step = 'added', own = false } = detail?.observer ?? {}
      if (own) return step === 'added' ? observers.ownAdded : observers.ownRemoved
      return filled(observers[step], { name: text || journalFr.somebody })
    }
    case 'visit': {
      const { step = 'planned', startsAt = '', visitor: who = '' } = detail?.visit ?? {}
      return filled(visits[step], { who, when: startsAt === '' ? '' : when(startsAt) })
    }
    case 'shared':
      return detail?.page?.confidential === true ? page.confidential : page[detail?.page?.kind ?? 'text']
    case 'remote': {
      const { step = 'started', machine = null, seconds } = detail?.remote ?? {}
      return filled(remote[step], {
        machine: machine === null ? '' : ` (${machine})`,
        minutes: Math.max(1, Math.round((seconds ?? 0) / 60)),
      })
    }
    case 'entity': {
      const { from, to } = detail?.entity ?? {}
      return filled(kinds.entity, { from: from?.name || journalFr.whole, to: to?.name || journalFr.whole })
    }
    case 'missing':
      return detail?.waiting === undefined ? journalFr.missing.askedDesk : journalFr.missing.askedUser
    case 'waiting':
      return filled(kinds.waiting, { what: detail?.waiting === undefined ? '' : within(awaited(detail.waiting, when)) })
    case 'closed':
      if (detail?.outOfScope !== undefined) {
        const { reason, target } = detail.outOfScope
        const given = target === null ? '' : filled(journalFr.closed.given, { name: target.name, number: target.number })
        return filled(journalFr.closed.outOfScope, { reason, given })
      }
      return `${detail?.callId === undefined ? journalFr.closed[detail?.how ?? 'level1'] : journalFr.closed.phone}${unverified}`
    case 'proposed':
      return `${kinds.proposed}${unverified}`
    case 'refused':
      return detail?.callId === undefined ? kinds.refused : kinds.refusedByPhone
    case 'clock': {
      if (detail?.clock === undefined) return ''
      const { step, name, dueAt, to } = detail.clock
      return filled(clock[step], { when: when(dueAt), name: clockNames[name], to: to.join(', ') })
    }
    case 'linked':
    case 'unlinked': {
      if (detail?.link === undefined) return ''
      const { kind: bound, ticket, outward } = detail.link
      return filled(journalFr[kind][bound][outward ? 'outward' : 'inward'], { number: ticket })
    }
    case 'contribution':
      return detail?.shared === undefined ? kinds.contribution : filled(journalFr.shared, { number: detail.shared })
    default:
      return kinds[kind]
  }
}
