import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Ticket } from '../../server/contract/entities.ts'
import { ticketGlpiQuery } from '../api/glpi.ts'
import { settingsQuery } from '../api/settings.ts'
import { linkedMachinesQuery, machinesQuery } from '../api/machines.ts'
import { Machines } from '../ui/machines.tsx'
import { Panel } from '../ui/panel.tsx'
import { RemoteControl } from '../ui/remote-control.tsx'
import classes from './side-list.module.css'
import { useMayTreat } from './state-band.tsx'

/** Where the ticket is in GLPI, and which machines it is about; nothing where there are no such neighbours. */
export function Neighbours({ ticket }: { readonly ticket: Ticket }) {
  const settings = useQuery(settingsQuery).data
  return (
    <>
      {settings !== undefined && settings.glpi.value.mode !== 'off' && <InGlpi number={ticket.number} />}
      {settings !== undefined && settings.portal.value.remote.operator !== null && <TicketRemote ticket={ticket} />}
      {settings !== undefined && settings.ocs.value.servers.length > 0 && <TicketMachines ticket={ticket} />}
    </>
  )
}

function TicketRemote({ ticket }: { readonly ticket: Ticket }) {
  const may = useMayTreat()
  return (
    <Panel>
      <RemoteControl of={{ ticket: ticket.number }} personId={ticket.requester.personId} may={may && ticket.status !== 'closed'} />
    </Panel>
  )
}

function InGlpi({ number }: { readonly number: number }) {
  const { t } = useTranslation()
  const link = useQuery(ticketGlpiQuery(number)).data?.link ?? null
  if (link === null) return null
  return (
    <Panel heading={t('glpi.inTicket.heading')}>
      <div className={classes.side}>
        {link.id === null || link.url === null ? (
          <p>{t('glpi.inTicket.notYet')}</p>
        ) : (
          <a href={link.url} target="_blank" rel="noreferrer">
            {t('glpi.inTicket.there', { id: link.id })}
          </a>
        )}
        {link.pending > 0 && <p>{t('glpi.inTicket.pending', { count: link.pending })}</p>}
        {link.refused > 0 && <p>{t('glpi.inTicket.refused', { count: link.refused })}</p>}
      </div>
    </Panel>
  )
}

function TicketMachines({ ticket }: { readonly ticket: Ticket }) {
  const { t } = useTranslation()
  const may = useMayTreat()
  const { personId } = ticket.requester
  const linked = useQuery(linkedMachinesQuery({ ticket: ticket.number })).data ?? []
  const known = useQuery({ ...machinesQuery(personId ?? ''), enabled: personId !== null }).data
  // A sheet without anything on it says nothing.
  if (linked.length === 0 && (known === undefined || known.state === 'off' || known.state === 'unknown')) return null
  return (
    <Panel label={t('ocs.ofTicket')}>
      <Machines personId={personId} to={{ ticket: ticket.number }} heading={t('ocs.ofTicket')} mayLink={may} />
    </Panel>
  )
}
