import { onlyOne } from '../../server/contract/only-one.ts'
import { useTranslation } from 'react-i18next'
import type { OwedEntry } from '../../server/contract/http.ts'
import { Avatar } from '../ui/avatar.tsx'
import { fullMoment, momentOf } from '../ui/format.ts'
import entryClasses from './entry.module.css'
import { Reasons, Who } from './entry.tsx'
import classes from './owed-page.module.css'
import { nameOrNumber } from '../ui/caller.ts'

/** Those who were helped of late, and how. */
export function SettledList({ entries }: { entries: readonly OwedEntry[] }) {
  const { t } = useTranslation()
  return (
    <ul className={classes.list}>
      {entries.map((entry) => (
        <li key={entry.id} className={entryClasses.entry}>
          <Avatar name={onlyOne(entry.people)?.name ?? ''} />
          <Who entry={entry} />
          <Reasons entry={entry} who={nameOrNumber(entry)} />
          {entry.settledAt !== null && entry.settledHow !== null && (
            <div className={entryClasses.side}>
              <p className={entryClasses.due}>{t(`owed.how.${entry.settledHow}`)}</p>
              <p className={entryClasses.taken}>
                {entry.settledBy !== null && `${entry.settledBy}, `}
                <time className="g-num" dateTime={entry.settledAt} title={fullMoment(entry.settledAt)}>
                  {momentOf(entry.settledAt)}
                </time>
              </p>
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
