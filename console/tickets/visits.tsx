import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { IconCalendarEvent } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayCall } from '../../server/contract/rights.ts'
import type { Ticket } from '../../server/contract/entities.ts'
import type { Visit, VisitOrder, VisitPage } from '../../server/contract/visits.ts'
import { sessionQuery } from '../api/queries.ts'
import { cancelVisit, moveVisit, planVisit, visitsQuery } from '../api/visits.ts'
import { useServerNow } from '../live/use-live.ts'
import { Dialog } from '../ui/dialog.tsx'
import { dayHeading, instantOf, timeOf, wallTime } from '../ui/format.ts'
import { KeyButton } from '../ui/key-button.tsx'
import { Panel } from '../ui/panel.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { AskedText } from './asked-text.tsx'
import { Failure } from './failure.tsx'
import classes from './visits.module.css'
import { useMayTreat } from './state-band.tsx'
import { useCommand } from './use-command.ts'

const durations = ['30', '60', '90', '120', '240'] as const
type Minutes = (typeof durations)[number]

/** When somebody goes there: planned, moved and cancelled here, by invitations that calendars follow. */
export function Visits({ number, open: isOpen, waiting }: { number: number; open: boolean; waiting: Ticket['waiting'] }) {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data ?? null
  const mayPlan = isOpen && session !== null && mayCall(session, 'POST /api/tickets/:number/visits')
  const may = useMayTreat() && isOpen
  const { data } = useQuery(visitsQuery(number))
  const [editing, setEditing] = useState<Visit | 'new' | null>(null)
  useShortcuts(mayPlan ? [{ key: 'I', run: () => setEditing('new') }] : [])
  if (data === undefined || (data.visits.length === 0 && !mayPlan)) return null
  return (
    <Panel heading={t('work.visits.heading')}>
      <div className={classes.visits}>
        {data.visits.length > 0 && (
          <ul>
            {data.visits.map((visit) => (
              <One key={visit.id} number={number} visit={visit} may={may} onMove={() => setEditing(visit)} />
            ))}
          </ul>
        )}
        {mayPlan && (
          <KeyButton
            size="compact-sm"
            variant="default"
            leftSection={<IconCalendarEvent size={14} stroke={1.7} />}
            keys="Shift+I"
            onClick={() => setEditing('new')}
          >
            {t('work.visits.plan')}
          </KeyButton>
        )}
      </div>
      {editing !== null && (
        <Planning
          number={number}
          page={data}
          me={session?.id ?? ''}
          until={waiting?.what.for === 'date' ? waiting.what.until : null}
          before={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Panel>
  )
}

const spanOf = ({ startsAt, endsAt }: Visit) => `${dayHeading(startsAt)}, ${timeOf(startsAt)}–${timeOf(endsAt)}`

function One({ number, visit, may, onMove }: { number: number; visit: Visit; may: boolean; onMove: () => void }) {
  const { t } = useTranslation()
  const { run, busy, failure } = useCommand()
  const { state, startsAt, visitor, place, answer } = visit
  const now = useServerNow()
  const ahead = state === 'planned' && Date.parse(startsAt) > now
  const said =
    state === 'cancelled'
      ? t('work.visits.off')
      : !ahead
        ? t('work.visits.past')
        : answer === null
          ? null
          : t(`work.visits.answers.${answer}`)
  return (
    <li data-over={!ahead || undefined}>
      <strong className="g-num">{spanOf(visit)}</strong>
      <span>{t('work.visits.by', { who: visitor.name, place })}</span>
      {said !== null && <em data-declined={answer === 'declined' || undefined}>{said}</em>}
      {may && ahead && (
        <span className={classes.gestures}>
          <Button size="compact-xs" variant="default" onClick={onMove}>
            {t('work.visits.move')}
          </Button>
          <AskedText
            size="compact-xs"
            label={t('work.visits.cancel')}
            icon={null}
            heading={t('work.visits.cancelWhy')}
            says={t('work.visits.cancelSays')}
            placeholder={t('work.visits.cancelExample')}
            send={t('work.visits.cancelSend')}
            needed={t('ticket.needed')}
            failure={failure}
            busy={busy}
            onSend={(reason, close) => run(() => cancelVisit(number, visit.id, reason), t('work.visits.cancelled'), close)}
          />
        </span>
      )}
    </li>
  )
}

type PlanningProps = {
  readonly number: number
  readonly page: VisitPage
  readonly me: string
  /** The moment that the ticket waits for; null: for none. */
  readonly until: string | null
  /** The one that is moved; null: a new one. */
  readonly before: Visit | null
  readonly onClose: () => void
}

/** The next weekday's morning, as a first proposal. */
const soon = () => {
  const dayMs = 86_400_000
  const days = [1, 2, 3].map((n) => wallTime(new Date(Date.now() + n * dayMs).toISOString()).slice(0, 10))
  // Nobody is visited on a Sunday; public holidays are for whoever plans to see.
  const working = days.find((day) => ![0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay()))
  return `${working}T10:00`
}
const minutesOf = ({ startsAt, endsAt }: Visit): Minutes => {
  const minutes = (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000
  return durations.find((one) => Number(one) >= minutes) ?? '240'
}

function Planning({ number, page, me, until, before, onClose }: PlanningProps) {
  const { t } = useTranslation()
  const { run, busy, failure } = useCommand()
  const mine = page.visitors.some(({ id }) => id === me) ? me : (page.visitors[0]?.id ?? null)
  const [at, setAt] = useState(before === null ? soon() : wallTime(before.startsAt))
  const [minutes, setMinutes] = useState<Minutes>(before === null ? '60' : minutesOf(before))
  const [place, setPlace] = useState(before?.place ?? page.place)
  const [visitorId, setVisitorId] = useState<string | null>(before?.visitor.id ?? mine)
  const [note, setNote] = useState(before?.note ?? '')
  const [suspends, setSuspends] = useState(before === null || before.startsAt === until)
  const [tried, setTried] = useState(false)
  const startsAt = instantOf(at)
  const now = useServerNow()
  const isAhead = startsAt !== null && Date.parse(startsAt) > now
  const send = () => {
    setTried(true)
    if (startsAt === null || !isAhead || place.trim() === '') return
    const endsAt = new Date(Date.parse(startsAt) + Number(minutes) * 60_000).toISOString()
    const order: VisitOrder = { startsAt, endsAt, place: place.trim(), visitorId, note: note.trim(), suspends }
    if (before === null) run(() => planVisit(number, order), t('work.visits.planned'), onClose)
    else run(() => moveVisit(number, before.id, order), t('work.visits.moved'), onClose)
  }
  return (
    <Dialog heading={t(before === null ? 'work.visits.planHeading' : 'work.visits.moveHeading')} size={500} onClose={onClose}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <p className={classes.says}>{t('work.visits.planSays')}</p>
        <div className={classes.when}>
          <TextInput
            type="datetime-local"
            data-autofocus
            label={t('work.visits.start')}
            value={at}
            error={tried && !isAhead && t('work.visits.startNeeded')}
            onChange={(event) => setAt(event.currentTarget.value)}
          />
          <Select
            label={t('work.visits.minutes')}
            allowDeselect={false}
            data={durations.map((value) => ({ value, label: t(`work.visits.durations.m${value}`) }))}
            value={minutes}
            onChange={(value) => setMinutes(durations.find((one) => one === value) ?? '60')}
          />
        </div>
        <TextInput
          label={t('work.visits.place')}
          placeholder={t('work.visits.placeExample')}
          maxLength={200}
          value={place}
          error={tried && place.trim() === '' && t('ticket.needed')}
          onChange={(event) => setPlace(event.currentTarget.value)}
        />
        <Select
          label={t('work.visits.visitor')}
          searchable
          allowDeselect={false}
          data={page.visitors.map(({ id, name }) => ({ value: id, label: name }))}
          value={visitorId}
          onChange={setVisitorId}
        />
        <Textarea
          label={t('work.visits.note')}
          placeholder={t('work.visits.noteExample')}
          rows={2}
          maxLength={2_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Checkbox label={t('work.visits.suspends')} checked={suspends} onChange={(event) => setSuspends(event.currentTarget.checked)} />
        <Button type="submit" loading={busy}>
          {t('work.visits.send')}
        </Button>
        {failure !== null && <Failure text={failure} />}
      </form>
    </Dialog>
  )
}
