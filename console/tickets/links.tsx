import { ActionIcon, Button, Progress } from '@mantine/core'
import { IconLink, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TicketLink, TicketLinks } from '../../server/contract/ticket-links.ts'
import { tellFailure } from '../api/commands.ts'
import { errorText } from '../api/error-text.ts'
import { linksQuery, linkTicket, shareLink, unlinkTicket } from '../api/links.ts'
import { Dialog } from '../ui/dialog.tsx'
import { KeyButton } from '../ui/key-button.tsx'
import { Panel } from '../ui/panel.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { TicketStatusPill } from '../ui/ticket-status.tsx'
import { tellUndoable } from '../ui/undoable.tsx'
import { LinkChoice, type LinkChosen } from './link-choice.tsx'
import classes from './links.module.css'
import side from './side-list.module.css'
import { useMayTreat } from './state-band.tsx'

/** The tickets that this one is bound to; bound and unbound here, which can be undone. */
export function Links({ number }: { number: number }) {
  const { t } = useTranslation()
  const may = useMayTreat()
  const { data } = useQuery(linksQuery(number))
  const [open, setOpen] = useState(false)
  useShortcuts(may ? [{ key: 'l', run: () => setOpen(true) }] : [])
  return (
    <Panel heading={t('links.heading')}>
      <div className={side.side}>
        {data !== undefined && data.children > 0 && <Children links={data} />}
        {data?.links.length === 0 && <p className={side.none}>{t('links.none')}</p>}
        <ul>
          {data?.links
            .filter(({ light, outward }) => !light || outward)
            .map((link) => (
              <One key={`${link.kind} ${link.ticket}`} link={link} number={number} may={may} />
            ))}
        </ul>
        {data !== undefined && data.links.some(({ light, outward }) => light && !outward) && (
          <details className={classes.lights}>
            <summary>{t('links.showChildren')}</summary>
            <ul>
              {data.links
                .filter(({ light, outward }) => light && !outward)
                .map((link) => (
                  <One key={link.ticket} link={link} number={number} may={may} />
                ))}
            </ul>
          </details>
        )}
        {may && (
          <KeyButton
            size="compact-sm"
            variant="default"
            leftSection={<IconLink size={14} stroke={1.7} />}
            keys="L"
            onClick={() => setOpen(true)}
          >
            {t('links.add')}
          </KeyButton>
        )}
      </div>
      {open && <Adding number={number} onClose={() => setOpen(false)} />}
    </Panel>
  )
}

function Children({ links: { children, informed } }: { links: TicketLinks }) {
  const { t } = useTranslation()
  return (
    <div className={classes.children}>
      <p className="g-num">
        <strong>{t('links.children', { count: children })}</strong>
        {informed > 0 && <span className={side.none}>, {t('links.informed', { informed, count: children })}</span>}
      </p>
      {informed > 0 && informed < children && <Progress value={(100 * informed) / children} size="sm" aria-label={t('links.informing')} />}
    </div>
  )
}

function One({ link, number, may }: { link: TicketLink; number: number; may: boolean }) {
  const { t } = useTranslation()
  const { kind, outward, ticket, title, status, requester, light, shares } = link
  const remove = () => {
    const [from, to] = outward ? [number, ticket] : [ticket, number]
    const back = () => void linkTicket(from, { kind, ticket: to, shares }).catch(tellFailure)
    unlinkTicket(number, kind, ticket).then(() => tellUndoable(`unlinked-${number}-${ticket}`, t('links.removed'), back), tellFailure)
  }
  return (
    <li className={classes.one}>
      <span className={classes.kind}>{t(outward ? `links.kinds.${kind}` : `links.inward.${kind}`)}</span>
      <Link to="/console/tickets/$number" params={{ number: String(ticket) }}>
        <span className="g-num">n°&nbsp;{ticket}</span> {light ? requester || title : title}
      </Link>
      <TicketStatusPill status={status} />
      {kind !== 'child-of' && (shares === 'messages' || (may && outward)) && <Sharing link={link} number={number} may={may && outward} />}
      {may && (
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('links.remove', { number: ticket })} onClick={remove}>
          <IconX size={14} stroke={1.8} />
        </ActionIcon>
      )}
    </li>
  )
}

/** Whether this requester reads what is written to the other; changed here by whoever treats tickets. */
function Sharing({ link: { kind, ticket, shares, outward }, number, may }: { link: TicketLink; number: number; may: boolean }) {
  const { t } = useTranslation()
  const on = shares === 'messages'
  const words = t(outward ? (on ? 'links.sharesOn' : 'links.sharesOff') : 'links.sharedFrom', { number: ticket })
  if (!may) return <small className={side.none}>{words}</small>
  const turn = () => void shareLink(number, kind, ticket, on ? 'nothing' : 'messages').catch((error: unknown) => tellFailure(error))
  return (
    <Button size="compact-xs" variant="subtle" color="gray" aria-pressed={on} onClick={turn}>
      {words}
    </Button>
  )
}

function Adding({ number, onClose }: { number: number; onClose: () => void }) {
  const { t } = useTranslation()
  const [failure, setFailure] = useState<string | null>(null)
  const link = ({ kind, ticket, merge, shares }: LinkChosen) =>
    linkTicket(number, { kind, ticket, merge, shares }).then(
      () => {
        onClose()
        tellUndoable(
          `linked-${number}-${ticket}`,
          t(merge ? 'links.mergedInto' : 'links.added', { number: ticket }),
          () => void unlinkTicket(number, kind, ticket).catch(tellFailure),
        )
      },
      (error: unknown) => setFailure(errorText(error)),
    )
  return (
    <Dialog heading={t('links.add')} size={460} onClose={onClose}>
      <LinkChoice first="child-of" without={[number]} failure={failure} onChoose={(chosen) => void link(chosen)} />
    </Dialog>
  )
}
