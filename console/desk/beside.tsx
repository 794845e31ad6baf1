import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { mayCall } from '../../server/contract/rights.ts'
import { openInGlpiQuery } from '../api/machines.ts'
import { sessionQuery } from '../api/queries.ts'
import { settingsQuery } from '../api/settings.ts'
import { dayOf, Machines } from '../ui/machines.tsx'
import { PanelHeading } from '../ui/panel.tsx'
import { RemoteControl } from '../ui/remote-control.tsx'
import { Pill } from '../ui/pill.tsx'
import classes from './context.module.css'

/** What the systems next door know of the caller: their machines, what they have open in GLPI. Nothing waits for it. */
export function BesideCall({ personId, callId }: { readonly personId: string; readonly callId: string | null }) {
  const { t } = useTranslation()
  const settings = useQuery(settingsQuery).data
  const session = useQuery(sessionQuery).data ?? null
  if (settings === undefined || session === null) return null
  return (
    <>
      {settings.glpi.value.mode !== 'off' && mayCall(session, 'GET /api/people/:id/glpi') && <InGlpi personId={personId} />}
      {settings.ocs.value.servers.length > 0 && (
        <Machines personId={personId} to={callId === null ? null : { call: callId, personId }} heading={t('ocs.heading')} />
      )}
      {callId !== null && settings.portal.value.remote.operator !== null && (
        <RemoteControl of={{ call: callId, personId }} personId={personId} />
      )}
    </>
  )
}

function InGlpi({ personId }: { readonly personId: string }) {
  const { t } = useTranslation()
  const found = useQuery(openInGlpiQuery(personId)).data
  if (found === undefined || found.state === 'off') return null
  return (
    <>
      <PanelHeading text={t('glpi.open.heading')} figure={found.state === 'known' ? found.tickets.length : undefined} />
      {found.tickets.length === 0 && (
        <p className={classes.none} role="status">
          {t(`glpi.open.${found.state === 'asking' ? 'asking' : found.state === 'away' ? 'away' : 'none'}`)}
        </p>
      )}
      <ul className={classes.list}>
        {found.tickets.map(({ id, title, status, openedAt, url, number }) => (
          <li key={id} className={classes.item}>
            <p>
              <a href={url} target="_blank" rel="noreferrer">
                {title}
              </a>
              <small className="g-num">GLPI&nbsp;{id}</small>
            </p>
            <p>
              <small>{dayOf(openedAt)}</small>
              {number !== null && (
                <Link to="/console/tickets/$number" params={{ number: String(number) }}>
                  <small>n°&nbsp;{number}</small>
                </Link>
              )}
              <Pill>{t(`glpi.glpiStatus.${String(status) as '1'}`)}</Pill>
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
