import {
  IconBook2,
  IconCalendarWeek,
  IconChartBar,
  IconHeadset,
  IconMail,
  IconPencilPlus,
  IconPhoneCall,
  IconPlugConnectedX,
  IconRotateClockwise,
  IconSettings,
  IconTicket,
  IconUsersGroup,
  type TablerIcon,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../server/contract/http.ts'
import { mayCall, type Route } from '../../server/contract/rights.ts'
import { keptListsQuery } from '../api/groups.ts'
import { incomingQuery } from '../api/mails.ts'
import { owedQuery } from '../api/owed.ts'
import { articlesQuery } from '../api/articles.ts'
import { disruptionsQuery } from '../api/disruptions.ts'
import { ticketsQuery } from '../api/queries.ts'
import { settingsQuery } from '../api/settings.ts'
import { useUnwritten } from '../desk/unwritten.ts'
import { useDrafts } from '../desk/use-drafts.ts'
import { figures, type Desk } from '../live/desk.ts'
import { useLive } from '../live/use-live.ts'
import { count } from '../ui/format.ts'
import { later } from '../ui/later.tsx'
import { OpeningButton } from './opening-button.tsx'
import menuClasses from './opening-menu.module.css'
import { Brand } from './brand.tsx'
import classes from './rail.module.css'
import { isTheirs } from './whose-page.ts'

const OpeningMenu = later<{ desk: Desk }>(
  async () => (await import('./opening-menu.tsx')).OpeningMenu,
  ({ desk, onWant }) => (
    <div className={menuClasses.footer}>
      <OpeningButton desk={desk} onClick={onWant} />
    </div>
  ),
)

/** The way around; figures say where something waits. */
export function Rail({ session }: { session: Session }) {
  const { t } = useTranslation()
  const { desk } = useLive()
  const site = useQuery(settingsQuery).data
  const may = (route: Route) => mayCall(session, route)
  const theirs = (page: Place) => isTheirs(session, page)
  const onLine = may('GET /api/calls')
  const debts = useUnwritten(useDrafts(session.id), session.id, may('GET /api/calls/without-ticket')).length
  const open = useQuery(ticketsQuery({ status: 'open', limit: 1 })).data?.total
  const toCall = useQuery({ ...owedQuery('open'), enabled: may('GET /api/owed') }).data?.open
  const disrupted = useQuery(disruptionsQuery()).data?.filter(({ phase }) => phase !== 'ahead').length
  // Whoever manages people has the whole desk to look at: only a référent is called here.
  const calledHere = session.role === 'referent'
  const kept = useQuery({ ...keptListsQuery, enabled: calledHere }).data
  const toReview = useQuery({ ...articlesQuery({ due: 'true' }), enabled: may('POST /api/articles') }).data?.due
  const mailsToSee = useQuery({ ...incomingQuery, enabled: may('GET /api/mails/in') }).data?.filter((mail) => mail.toSee).length
  return (
    <nav className={classes.rail} aria-label={t('nav.label')}>
      <div className={classes.brand}>
        <Brand name={site?.desk.value.name} logo={site?.portal.value.logo ?? null} size={26} />
      </div>
      {onLine ? (
        <Entry to="/console" icon={IconHeadset} text={t('nav.desk')} figure={desk === null ? undefined : figures(desk).waiting} />
      ) : (
        <Entry to="/console" icon={IconPencilPlus} text={t('form.newTicket')} />
      )}
      {debts > 0 && (
        <Link to="/console" className={classes.owed}>
          {t('nav.owed', { count: debts })}
        </Link>
      )}
      <Entry to="/console/tickets" icon={IconTicket} text={t('nav.tickets')} figure={open} />
      {theirs('/console/a-rappeler') && (
        <Entry to="/console/a-rappeler" icon={IconRotateClockwise} text={t('nav.messages')} figure={toCall} due />
      )}
      <Entry to="/console/perturbations" icon={IconPlugConnectedX} text={t('nav.disruptions')} figure={disrupted} due />
      <Entry to="/console/connaissances" icon={IconBook2} text={t('nav.knowledge')} figure={toReview} due />
      <hr />
      <Entry to="/console/groupes" icon={IconUsersGroup} text={t('nav.groups')} figure={calledHere ? kept?.lost.length : undefined} due />
      {theirs('/console/planning') && <Entry to="/console/planning" icon={IconCalendarWeek} text={t('nav.rota')} />}
      {theirs('/console/indicateurs') && <Entry to="/console/indicateurs" icon={IconChartBar} text={t('nav.indicators')} />}
      {theirs('/console/reglages') && <Entry to="/console/reglages" icon={IconSettings} text={t('nav.settings')} />}
      {theirs('/console/courriels') && <Entry to="/console/courriels" icon={IconMail} text={t('nav.mails')} figure={mailsToSee} due />}
      {session.demo && <Entry to="/console/demo" icon={IconPhoneCall} text={t('nav.demo')} />}
      {desk !== null && (may('PUT /api/desk/opening') ? <OpeningMenu desk={desk} /> : <footer>{desk.hours}</footer>)}
    </nav>
  )
}

type Place =
  | '/console'
  | '/console/tickets'
  | '/console/a-rappeler'
  | '/console/groupes'
  | '/console/planning'
  | '/console/perturbations'
  | '/console/connaissances'
  | '/console/indicateurs'
  | '/console/courriels'
  | '/console/demo'
  | '/console/reglages'

function Entry({
  to,
  icon: Icon,
  text,
  figure,
  due = false,
}: {
  to: Place
  icon: TablerIcon
  text: string
  figure?: number | undefined
  due?: boolean
}) {
  return (
    <Link
      to={to}
      className={classes.entry}
      activeOptions={{ exact: to === '/console' }}
      activeProps={{ 'aria-current': 'page' }}
      title={text}
    >
      <Icon size={17} stroke={1.6} aria-hidden="true" />
      <span>{text}</span>
      {figure !== undefined && figure > 0 && (
        <b className="g-num" data-due={due || undefined}>
          {count(figure)}
        </b>
      )}
    </Link>
  )
}
