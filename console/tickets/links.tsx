import { ActionIcon, Button, Checkbox, NumberInput, Progress, Select } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconLink, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { linkKind, type LinkKind } from '../../server/contract/ticket-states.ts'
import type { TicketLink, TicketLinks } from '../../server/contract/ticket-links.ts'
import { tellFailure } from '../api/commands.ts'
import { errorText } from '../api/error-text.ts'
import { linksQuery, linkTicket, shareLink, unlinkTicket } from '../api/links.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Keys } from '../ui/kbd.tsx'
import { Panel } from '../ui/panel.tsx'
import { ariaKey, useShortcuts } from '../ui/shortcuts.ts'
import { TicketStatusPill } from '../ui/ticket-status.tsx'
import classes from './links.module.css'
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
      <div className={classes.links}>
        {data !== undefined && data.children > 0 && <Children links={data} />}
        {data?.links.length === 0 && <p className={classes.none}>{t('links.none')}</p>}
        <ul>
          {data?.links
            .filter(({ light, outward }) => !light || outward)
            .map((link) => (
              <One key={`${link.kind} ${link.ticket}`} link={link} number={number} may={may} />
            ))}
        </ul>
        {data !== undefined && data.links.some(({ light, outward }) => light && !outward) && (
          <details>
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
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconLink size={14} stroke={1.7} />}
            rightSection={<Keys keys="L" />}
            aria-keyshortcuts={ariaKey('L')}
            onClick={() => setOpen(true)}
          >
            {t('links.add')}
          </Button>
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
        {informed > 0 && <span className={classes.none}>, {t('links.informed', { informed, count: children })}</span>}
      </p>
      {informed > 0 && informed < children && <Progress value={(100 * informed) / children} size="sm" aria-label={t('links.informing')} />}
    </div>
  )
}

function One({ link, number, may }: { link: TicketLink; number: number; may: boolean }) {
  const { t } = useTranslation()
  const { kind, outward, ticket, title, status, requester, light, shares } = link
  const remove = () => {
    const id = `unlinked-${number}-${ticket}`
    unlinkTicket(number, kind, ticket).then(
      () =>
        notifications.show({
          id,
          withBorder: true,
          message: (
            <span className={classes.undo}>
              {t('links.removed')}
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  notifications.hide(id)
                  const [from, to] = outward ? [number, ticket] : [ticket, number]
                  linkTicket(from, { kind, ticket: to }).catch((error: unknown) => tellFailure(error))
                }}
              >
                {t('messages.undo')}
              </Button>
            </span>
          ),
        }),
      (error: unknown) => tellFailure(error),
    )
  }
  return (
    <li>
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
  if (!may) return <small className={classes.none}>{words}</small>
  const turn = () => void shareLink(number, kind, ticket, on ? 'nothing' : 'messages').catch((error: unknown) => tellFailure(error))
  return (
    <Button size="compact-xs" variant="subtle" color="gray" aria-pressed={on} onClick={turn}>
      {words}
    </Button>
  )
}

function Adding({ number, onClose }: { number: number; onClose: () => void }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<LinkKind>('child-of')
  const [other, setOther] = useState<number | string>('')
  const [failure, setFailure] = useState<string | null>(null)
  const [merge, setMerge] = useState(false)
  const [shares, setShares] = useState(false)
  const save = () => {
    const ticket = Number(other)
    if (!Number.isInteger(ticket) || ticket < 1) return
    const merges = merge && kind === 'duplicate-of'
    linkTicket(number, { kind, ticket, merge: merges, shares: shares && kind !== 'child-of' ? 'messages' : 'nothing' }).then(
      () => {
        onClose()
        const id = `linked-${number}-${ticket}`
        notifications.show({
          id,
          withBorder: true,
          message: (
            <span className={classes.undo}>
              {t(merges ? 'links.mergedInto' : 'links.added', { number: ticket })}
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  notifications.hide(id)
                  unlinkTicket(number, kind, ticket).catch((error: unknown) => tellFailure(error))
                }}
              >
                {t('messages.undo')}
              </Button>
            </span>
          ),
        })
      },
      (error: unknown) => setFailure(errorText(error)),
    )
  }
  return (
    <Dialog heading={t('links.add')} size={420} onClose={onClose}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Select
          label={t('links.kind')}
          value={kind}
          allowDeselect={false}
          onChange={(value) => {
            if (value !== null) setKind(value)
          }}
          data={linkKind.options.map((value) => ({ value, label: t(`links.kinds.${value}`) }))}
        />
        <NumberInput
          label={t('links.number')}
          data-autofocus
          min={1}
          max={2_147_483_647}
          allowDecimal={false}
          hideControls
          value={other}
          onChange={setOther}
        />
        {kind === 'duplicate-of' && (
          <Checkbox
            label={t('links.merge')}
            description={t('links.mergeSays')}
            checked={merge}
            onChange={(event) => {
              setMerge(event.currentTarget.checked)
              setShares(event.currentTarget.checked)
            }}
          />
        )}
        {kind !== 'child-of' && (
          <Checkbox
            label={t('links.shares')}
            description={t('links.sharesSays')}
            checked={shares}
            onChange={(event) => setShares(event.currentTarget.checked)}
          />
        )}
        {failure !== null && (
          <p role="alert" className={classes.failure}>
            {failure}
          </p>
        )}
        <Button type="submit">{t('links.save')}</Button>
      </form>
    </Dialog>
  )
}
