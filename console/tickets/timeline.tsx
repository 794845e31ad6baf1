import type { Attachment } from '../../server/contract/attachments.ts'
import type { JournalEntry } from '../../server/contract/entities.ts'
import { dayHeading } from '../ui/format.ts'
import { TimelineLine } from './timeline-line.tsx'
import classes from './timeline.module.css'

type Props = {
  readonly entries: readonly JournalEntry[]
  readonly summary: string
  readonly onCorrect: ((entry: JournalEntry) => void) | null
  readonly ticket: number
  readonly attachments: readonly Attachment[]
}

/** A ticket's journal by days: dated, signed, in order; nothing in it is ever rewritten. The summary, shown above it, is not repeated. */
export function Timeline({ entries, summary, onCorrect, ticket, attachments }: Props) {
  const byDay = [...Map.groupBy(entries, (entry) => dayHeading(entry.at))]
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const corrected = new Set(entries.map((entry) => entry.cites))
  const files = Map.groupBy(attachments, ({ entryId }) => entryId)
  return (
    <div className={classes.journal}>
      {byDay.map(([day, lines]) => (
        <section key={day} aria-label={day}>
          <h3 className={classes.day}>{day}</h3>
          <ol>
            {lines.map((entry) => (
              <TimelineLine
                key={entry.id}
                entry={entry}
                text={entry.text === summary ? '' : entry.text}
                cited={entry.cites === null ? null : (byId.get(entry.cites) ?? null)}
                corrected={corrected.has(entry.id)}
                ticket={ticket}
                files={files.get(entry.id) ?? []}
                onCorrect={entry.kind === 'contribution' ? onCorrect : null}
              />
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}
