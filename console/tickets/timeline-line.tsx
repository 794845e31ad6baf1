import {
  IconAlarm,
  IconArrowBack,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBell,
  IconBulb,
  IconCalendarEvent,
  IconCheck,
  IconClockPause,
  IconDeviceLaptop,
  IconEdit,
  IconEye,
  IconHandGrab,
  IconHelpCircle,
  IconLink,
  IconLinkOff,
  IconLock,
  IconMail,
  IconMessage,
  IconPlayerPlay,
  IconPlus,
  IconRotate,
  IconShare,
  IconSitemap,
  IconThumbDown,
  IconUserCheck,
  IconUserPlus,
  type TablerIcon,
} from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { categoryName } from '../../server/contract/category-tree.ts'
import type { Attachment } from '../../server/contract/attachments.ts'
import type { JournalEntry, Urgency } from '../../server/contract/entities.ts'
import type { JournalKind } from '../../server/contract/ticket-states.ts'
import { settingsQuery } from '../api/settings.ts'
import { Avatar } from '../ui/avatar.tsx'
import { fullMoment, momentOf, timeOf } from '../ui/format.ts'
import { AttachedFiles } from './files.tsx'
import classes from './timeline.module.css'
import { waitingWithin } from './waiting-words.ts'

const icons: Readonly<Record<JournalKind, TablerIcon>> = {
  opened: IconPlus,
  confirmed: IconUserCheck,
  completed: IconEdit,
  'taken-up': IconHandGrab,
  contribution: IconMessage,
  redirected: IconArrowForwardUp,
  'given-back': IconArrowBackUp,
  waiting: IconClockPause,
  resumed: IconPlayerPlay,
  proposed: IconBulb,
  reminded: IconBell,
  refused: IconThumbDown,
  closed: IconCheck,
  reopened: IconRotate,
  mail: IconMail,
  clock: IconAlarm,
  undone: IconArrowBack,
  linked: IconLink,
  unlinked: IconLinkOff,
  missing: IconHelpCircle,
  entity: IconSitemap,
  visit: IconCalendarEvent,
  observer: IconUserPlus,
  shared: IconShare,
  remote: IconDeviceLaptop,
}

const completable = ['title', 'summary', 'name', 'email', 'phone', 'urgency', 'impact', 'categoryId', 'placeId'] as const

type Props = {
  readonly entry: JournalEntry
  /** What of its text is shown. */
  readonly text: string
  readonly cited: JournalEntry | null
  readonly corrected: boolean
  readonly onCorrect: ((entry: JournalEntry) => void) | null
  /** The files that came with it, and the ticket they are read by. */
  readonly files: readonly Attachment[]
  readonly ticket: number
}

/** A line of the journal: what somebody wrote stands out with their face, what merely happened is one quiet line. */
export function TimelineLine({ entry, text, cited, corrected, onCorrect, files, ticket }: Props) {
  const { t } = useTranslation()
  const Icon = icons[entry.kind]
  const spoken = text.trim() !== '' && entry.kind !== 'mail' && entry.kind !== 'observer'
  const writes = entry.kind === 'contribution'
  return (
    <li className={classes.entry} data-kind={entry.kind} data-visibility={writes ? entry.visibility : undefined} id={`line-${entry.id}`}>
      {writes ? (
        <Avatar name={entry.by} size="sm" />
      ) : (
        <span className={classes.mark} aria-hidden="true">
          <Icon size={14} stroke={1.9} />
        </span>
      )}
      <div className={classes.body}>
        <p className={classes.head}>
          {entry.kind === 'mail' ? (
            <span>{entry.text}</span>
          ) : (
            <span>
              <strong>{entry.by}</strong> <What entry={entry} />
            </span>
          )}
          {writes && (
            <span className={classes.seen}>
              {entry.visibility === 'public' ? (
                <IconEye size={13} stroke={1.8} aria-hidden="true" />
              ) : (
                <IconLock size={13} stroke={1.8} aria-hidden="true" />
              )}
              {t(`life.seen.${entry.visibility}`)}
            </span>
          )}
          {corrected && <span className={classes.corrected}>{t('life.corrected')}</span>}
          {onCorrect !== null && (
            <button type="button" className={classes.correct} onClick={() => onCorrect(entry)}>
              {t('life.correct')}
            </button>
          )}
          <time dateTime={entry.at} title={fullMoment(entry.at)} className="g-num">
            {timeOf(entry.at)}
          </time>
        </p>
        {entry.detail?.before !== undefined && <Before before={entry.detail.before} />}
        {(spoken || cited !== null) && (
          <div className={classes.words}>
            {cited !== null && (
              <blockquote className={classes.quote}>
                <a href={`#line-${cited.id}`}>{t('life.correcting', { who: cited.by, when: momentOf(cited.at) })}</a>
                {cited.text}
              </blockquote>
            )}
            <p>{text}</p>
          </div>
        )}
        <AttachedFiles ticket={ticket} files={files} />
      </div>
    </li>
  )
}

/** What stood in the fields that were completed; of a category its id, when its name is no more. */
function Before({ before }: { readonly before: Readonly<Record<string, string | null>> }) {
  const { t } = useTranslation()
  const categories = useQuery(settingsQuery).data?.categories.value.categories ?? []
  const shown = (field: string, was: string | null) => {
    if (was === null || was.trim() === '') return t('sorting.complete.nothing')
    if (field === 'urgency' || field === 'impact')
      return t(`${field === 'urgency' ? 'form.urgencies' : 'sorting.impacts'}.${was as Urgency}`)
    return categoryName(categories, was) ?? was
  }
  return (
    <p className={classes.before}>
      {completable
        .filter((field) => before[field] !== undefined)
        .map((field) =>
          t('sorting.complete.before', { field: t(`sorting.complete.fields.${field}`), was: shown(field, before[field] ?? null) }),
        )
        .join(' · ')}
    </p>
  )
}

/** « constate que le délai est dépassé depuis le 23 nov. 10:30 (Niveau 1) » */
const clockWords = (
  t: TFunction,
  { name, step, dueAt, to, unreached = [] }: NonNullable<NonNullable<JournalEntry['detail']>['clock']>,
): string =>
  [
    t(`clocks.told.${step}`, { when: fullMoment(dueAt), name: t(`clocks.names.${name}`), to: to.join(', ') }),
    ...(unreached.length > 0 ? [t('clocks.told.unreached', { who: unreached.join(', ') })] : []),
  ].join(' ')

function What({ entry: { kind, detail, text } }: { entry: JournalEntry }) {
  const { t } = useTranslation()
  const unverified = detail?.unverified === true ? t('life.unverified') : ''
  switch (kind) {
    case 'redirected':
      return t(`life.kinds.${kind}`, { group: detail?.group?.name ?? '' })
    case 'given-back':
      return t(detail?.suggested === undefined ? 'life.kinds.given-back' : 'life.givenBackFor', {
        group: detail?.group?.name ?? '',
        suggested: detail?.suggested?.name ?? '',
      })
    case 'observer': {
      const { observer } = detail ?? {}
      if (observer === undefined) return null
      if (observer.own) return t(`work.observers.kinds.${observer.step === 'added' ? 'ownAdded' : 'ownRemoved'}`)
      return t(`work.observers.kinds.${observer.step}`, { name: text || t('work.observers.somebody') })
    }
    case 'visit': {
      const { visit } = detail ?? {}
      if (visit === undefined) return null
      return t(`work.visits.kinds.${visit.step}`, { who: visit.visitor, when: fullMoment(visit.startsAt) })
    }
    case 'shared': {
      const { page } = detail ?? {}
      return page === undefined ? null : t(`sharedPage.journal.${page.confidential ? 'confidential' : page.kind}`)
    }
    case 'remote': {
      const { remote } = detail ?? {}
      if (remote === undefined) return null
      const machine = remote.machine === null ? '' : ` (${remote.machine})`
      return t(`remote.journal.${remote.step}`, { machine, minutes: Math.max(1, Math.round((remote.seconds ?? 0) / 60)) })
    }
    case 'entity':
      return t('life.kinds.entity', {
        from: detail?.entity?.from.name || t('entities.whole'),
        to: detail?.entity?.to.name || t('entities.whole'),
      })
    case 'missing':
      return t(detail?.waiting === undefined ? 'life.missing.askedDesk' : 'life.missing.askedUser')
    case 'waiting':
      return <>{t('life.kinds.waiting', { what: detail?.waiting === undefined ? '' : waitingWithin(t, detail.waiting) })}</>
    case 'closed': {
      const { outOfScope } = detail ?? {}
      if (outOfScope !== undefined) {
        const { reason, target } = outOfScope
        const given = target === null ? '' : t('life.closed.given', { name: target.name, number: target.number })
        return t('life.closed.outOfScope', { reason, given })
      }
      return `${t(detail?.callId === undefined ? `life.closed.${detail?.how ?? 'level1'}` : 'life.closed.phone')}${unverified}`
    }
    case 'proposed':
      return `${t('life.kinds.proposed')}${unverified}`
    case 'refused':
      return t(detail?.callId === undefined ? 'life.kinds.refused' : 'life.kinds.refusedByPhone')
    case 'clock':
      return <>{detail?.clock === undefined ? '' : clockWords(t, detail.clock)}</>
    case 'linked':
    case 'unlinked': {
      const { link } = detail ?? {}
      if (link === undefined) return null
      return t(`links.${kind}.${link.kind}.${link.outward ? 'outward' : 'inward'}`, { number: link.ticket })
    }
    case 'contribution':
      return detail?.shared === undefined ? t('life.kinds.contribution') : t('links.shared', { number: detail.shared })
    default:
      return t(`life.kinds.${kind}`)
  }
}
