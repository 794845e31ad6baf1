import { IconTicketOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ClosedTicket } from '../../server/contract/articles.ts'
import { closedTicketsQuery } from '../api/articles.ts'
import { settingsQuery } from '../api/settings.ts'
import { CategorySelect } from '../ui/category-select.tsx'
import { Empty } from '../ui/empty.tsx'
import { momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { Pill } from '../ui/pill.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import classes from './knowledge.module.css'

type Props = { readonly search: string; readonly categoryId: string | null; readonly onCategory: (id: string | null) => void }

/** How tickets were solved: by words and category, without what is about people for those who may not open them. */
export function ClosedTickets({ search, categoryId, onCategory }: Props) {
  const { t } = useTranslation()
  const categories = useQuery(settingsQuery).data?.categories.value.categories ?? []
  const found = useQuery(closedTicketsQuery(search, categoryId))
  return (
    <div className={classes.main}>
      <div className={classes.pair}>
        <CategorySelect
          label={t('knowledge.category')}
          placeholder={t('knowledge.anyCategory')}
          categories={categories}
          trees={['nature', 'service']}
          value={categoryId}
          onChange={onCategory}
        />
      </div>
      {found.isError && <ReadFailure text={t('knowledge.ticketsFailed')} of={found} />}
      {(found.data?.length ?? 0) > 0 && (
        <Panel label={t('knowledge.closedTickets')}>
          <ul className={classes.rows}>
            {found.data?.map((one) => (
              <li key={one.number}>
                <Ticket one={one} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {found.data?.length === 0 && (
        <Empty icon={<IconTicketOff size={24} stroke={1.6} />} heading={t('knowledge.noTickets')} text={t('knowledge.noTicketsText')} />
      )}
    </div>
  )
}

function Ticket({ one }: { readonly one: ClosedTicket }) {
  const { t } = useTranslation()
  const said = (
    <>
      <span className={classes.head}>
        <strong>{one.title}</strong>
        {one.nature !== null && <Pill>{one.nature}</Pill>}
      </span>
      <span className={classes.beginning}>{one.summary}</span>
      {one.solution !== '' && (
        <span className={classes.solution} style={{ display: 'block' }}>
          {one.solution}
        </span>
      )}
      <span className={`${classes.meta} g-num`}>
        <span>n°&nbsp;{one.number}</span>
        <span>{momentOf(one.closedAt)}</span>
        {!one.whole && <span>{t('knowledge.masked')}</span>}
      </span>
    </>
  )
  return one.whole ? (
    <Link to="/console/tickets/$number" params={{ number: String(one.number) }} className={classes.row}>
      {said}
    </Link>
  ) : (
    <div className={classes.row}>{said}</div>
  )
}
