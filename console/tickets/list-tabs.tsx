import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ticketCountsQuery } from '../api/queries.ts'
import { count } from '../ui/format.ts'
import { lists, type List } from './list-search.ts'
import classes from './list-tabs.module.css'

/** The lists, with how many wait in those that are somebody's to work through. */
export function ListTabs({ current, onChoose }: { current: List; onChoose: (list: List) => void }) {
  const { t } = useTranslation()
  const counts = useQuery(ticketCountsQuery).data
  return (
    <div className={classes.tabs} role="group" aria-label={t('lists.label')}>
      {lists.map((list) => {
        const figure = list === 'open' || list === 'closed' || list === 'all' ? undefined : counts?.[list]
        return (
          <button key={list} type="button" aria-pressed={list === current} onClick={() => onChoose(list)}>
            {t(`lists.names.${list}`)}
            {figure !== undefined && figure > 0 && (
              <b className="g-num" data-due={list === 'stuck' || undefined}>
                {count(figure)}
              </b>
            )}
          </button>
        )
      })}
    </div>
  )
}
