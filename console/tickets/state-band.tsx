import { Button } from '@mantine/core'
import {
  IconClockPause,
  IconHandGrab,
  IconMailQuestion,
  IconPlayerPlay,
  IconRotate,
  IconUserCheck,
  IconUsersGroup,
  IconUserQuestion,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { mayCall } from '../../server/contract/rights.ts'
import { takeUpTicket } from '../api/commands.ts'
import { sessionQuery, type TicketPage } from '../api/queries.ts'
import { confirmTicket, resumeTicket } from '../api/ticket-life.ts'
import { fullMoment, momentAfterWord } from '../ui/format.ts'
import { KeyButton } from '../ui/key-button.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { Failure } from './failure.tsx'
import { Reopening } from './reopening.tsx'
import { SolutionAnswer } from './solution-answer.tsx'
import classes from './state-band.module.css'
import { useCommand } from './use-command.ts'
import { waitingWords } from './waiting-words.ts'

/** Where the ticket stands when somebody has to do something for it to go on, and the gesture that does it. */
export function StateBand({ ticket, group }: { ticket: TicketPage; group: string | null }) {
  const { t } = useTranslation()
  const may = useMayTreat()
  if (ticket.status === 'pre-ticket' && ticket.unconfirmed) {
    const address = ticket.requester.email
    return (
      <Band
        tone="warn"
        icon={<IconMailQuestion size={20} stroke={1.6} />}
        title={t('files.toConfirm')}
        text={address === null ? t('files.toConfirmNoAddress') : t('files.toConfirmText', { address })}
      >
        {may && <Accept number={ticket.number} />}
        {may && <TakeUp number={ticket.number} quiet />}
      </Band>
    )
  }
  switch (ticket.status) {
    case 'pre-ticket':
    case 'new':
      return (
        <Band tone="accent" icon={<IconUserQuestion size={20} stroke={1.6} />} title={t('ticket.nobody')} text={t('ticket.nobodyText')}>
          {may && <TakeUp number={ticket.number} />}
        </Band>
      )
    case 'redirected':
      return (
        <Band
          tone="accent"
          icon={<IconUsersGroup size={20} stroke={1.6} />}
          title={t('life.band.redirected', { group })}
          text={t('life.band.redirectedText')}
        >
          {may && <TakeUp number={ticket.number} />}
        </Band>
      )
    case 'reopened':
      return (
        <Band
          tone="warn"
          icon={<IconRotate size={20} stroke={1.6} />}
          title={t('life.band.reopened')}
          text={t('life.band.reopenedText', { who: ticket.owner?.name ?? '' })}
        >
          {may && <TakeUp number={ticket.number} />}
        </Band>
      )
    case 'waiting':
      return (
        <Band
          tone="hold"
          icon={<IconClockPause size={20} stroke={1.6} />}
          title={ticket.waiting === null ? '' : waitingWords(t, ticket.waiting.what)}
          text={t('life.band.waitingText', { since: ticket.waiting === null ? '' : momentAfterWord(ticket.waiting.since) })}
        >
          {may && <Resume number={ticket.number} />}
        </Band>
      )
    case 'solution-proposed':
      return (
        <Band
          tone="accent"
          icon={<IconMailQuestion size={20} stroke={1.6} />}
          title={t('life.band.proposed')}
          text={t('life.band.proposedText', { when: ticket.proposal === null ? '' : fullMoment(ticket.proposal.closesAt) })}
        >
          {may && <SolutionAnswer number={ticket.number} />}
        </Band>
      )
    case 'closed':
      return may ? <Reopening number={ticket.number} /> : null
    case 'in-progress':
      return null
    default:
      return ticket.status satisfies never
  }
}

/** Those who follow tickets in their own name. */
export function useMayTreat(): boolean {
  const session = useQuery(sessionQuery).data
  return session !== undefined && session !== null && mayCall(session, 'POST /api/tickets/:number/take-up')
}

type BandProps = {
  readonly tone: 'accent' | 'warn' | 'hold'
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
  readonly children: ReactNode
}

function Band({ tone, icon, title, text, children }: BandProps) {
  return (
    <section className={classes.band} data-tone={tone} aria-label={title}>
      <span className={classes.icon} aria-hidden="true">
        {icon}
      </span>
      <p>
        <strong>{title}</strong>
        <span>{text}</span>
      </p>
      <div className={classes.gestures}>{children}</div>
    </section>
  )
}

/** Nobody follows this ticket yet: one gesture takes it up, and the requester is told who does. */
function TakeUp({ number, quiet = false }: { number: number; quiet?: boolean }) {
  const { t } = useTranslation()
  const { run, busy, failure } = useCommand()
  const take = () => run(() => takeUpTicket(number), t('life.done.takenUp'))
  useShortcuts([{ key: 't', run: take }])
  return (
    <>
      <KeyButton
        variant={quiet ? 'default' : 'filled'}
        leftSection={<IconHandGrab size={16} stroke={1.7} />}
        keys="T"
        loading={busy}
        onClick={take}
      >
        {t('ticket.takeUp')}
      </KeyButton>
      {failure !== null && <Failure text={failure} />}
    </>
  )
}

/** Whoever sent it is trusted: it joins what is to be taken up. */
function Accept({ number }: { number: number }) {
  const { t } = useTranslation()
  const { run, busy, failure } = useCommand()
  return (
    <>
      <Button
        leftSection={<IconUserCheck size={16} stroke={1.7} />}
        loading={busy}
        onClick={() => run(() => confirmTicket(number), t('files.accepted'))}
      >
        {t('files.accept')}
      </Button>
      {failure !== null && <Failure text={failure} />}
    </>
  )
}

function Resume({ number }: { number: number }) {
  const { t } = useTranslation()
  const { run, busy, failure } = useCommand()
  const resume = () => run(() => resumeTicket(number), t('life.done.resumed'))
  useShortcuts([{ key: 't', run: resume }])
  return (
    <>
      <KeyButton variant="default" leftSection={<IconPlayerPlay size={16} stroke={1.7} />} keys="T" loading={busy} onClick={resume}>
        {t('life.resume')}
      </KeyButton>
      {failure !== null && <Failure text={failure} />}
    </>
  )
}
