import { IconCheck, IconHandGrab, IconMail, IconMessage, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { JournalEntry } from '../../server/contract/entities.ts'
import { fullMoment, momentOf } from '../ui/format.ts'
import classes from './timeline.module.css'

const icons = { opened: IconPlus, 'taken-up': IconHandGrab, contribution: IconMessage, closed: IconCheck, mail: IconMail } as const

/** A ticket's journal: dated, signed, in order; nothing in it is ever rewritten. The summary, shown above it, is not repeated. */
export function Timeline({ entries, summary }: { entries: readonly JournalEntry[]; summary: string }) {
  const { t } = useTranslation()
  return (
    <ol className={classes.line}>
      {entries.map((entry, i) => {
        const Icon = icons[entry.kind]
        return (
          // The journal only grows at its end, so the place is the identity.
          <li key={i} className={classes.entry} data-kind={entry.kind}>
            <span className={classes.mark} aria-hidden="true">
              <Icon size={14} stroke={1.9} />
            </span>
            <div>
              <p className={classes.head}>
                {entry.kind === 'mail' ? (
                  <strong>{t('ticket.kinds.mail')}</strong>
                ) : (
                  <span>
                    <strong>{entry.by}</strong> {t(`ticket.kinds.${entry.kind}`)}
                  </span>
                )}
                <time dateTime={entry.at} title={fullMoment(entry.at)} className="g-num">
                  {momentOf(entry.at)}
                </time>
              </p>
              {entry.text.trim() !== '' && entry.text !== summary && <p className={classes.text}>{entry.text}</p>}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
