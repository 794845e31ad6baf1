import { Button, PasswordInput, SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconCheck, IconPlugConnected, IconRefresh, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  calendarPart,
  sharedCalendarSettings,
  type CalendarPart,
  type CalendarTrialled,
  type SharedCalendarState,
} from '../../server/contract/shared-calendar.ts'
import { tellFailure } from '../api/commands.ts'
import { errorText } from '../api/error-text.ts'
import { keepCalendarPassword, sharedCalendarQuery, synchroniseCalendar, tryCalendar } from '../api/shared-calendar.ts'
import { count, dateText, fullMoment, momentAfterWord, momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import fields from './fields.module.css'
import { History } from './history.tsx'
import { LinesField } from './lines-field.tsx'
import { SaveBar } from './save-bar.tsx'
import neighbour from './neighbour.module.css'
import classes from './shared-calendar-page.module.css'
import { useSettings } from './use-settings.ts'

/** The calendar shared by CalDAV: where, what goes out and comes in, how it stands. */
export default function SharedCalendarPage() {
  const { t } = useTranslation()
  const editing = useSettings('sharedCalendar')
  const state = useQuery(sharedCalendarQuery)
  const [password, setPassword] = useState('')
  const trial = useMutation({ mutationFn: tryCalendar })
  if (editing === null) return null
  const { value, edit } = editing
  const valid = sharedCalendarSettings.safeParse(value).success
  const isThere = value.address === editing.inForce.address && value.login === editing.inForce.login
  const keptFor = state.data?.passwordKept === true && isThere
  const save = () => {
    if (password === '' || value.address === null) return editing.save()
    keepCalendarPassword(value.address, value.login, password).then(
      () => {
        setPassword('')
        if (editing.dirty) editing.save()
      },
      (error: unknown) => tellFailure(error),
    )
  }
  return (
    <>
      <p className={neighbour.says}>{t('sharedCalendar.says')}</p>
      {state.isError && <ReadFailure text={t('sharedCalendar.failed')} of={state} />}
      {state.data !== undefined && <State state={state.data} />}
      <Panel heading={t('sharedCalendar.server')}>
        <div className={fields.fields}>
          <TextInput
            className={fields.wide ?? ''}
            label={t('sharedCalendar.address')}
            description={t('sharedCalendar.addressSays')}
            placeholder="https://agenda.univ.fr/dav/"
            type="url"
            spellCheck={false}
            maxLength={500}
            value={value.address ?? ''}
            onChange={(event) => edit({ address: event.currentTarget.value.trim() || null })}
          />
          <TextInput
            label={t('sharedCalendar.login')}
            description={t('sharedCalendar.loginSays')}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            value={value.login}
            onChange={(event) => edit({ login: event.currentTarget.value })}
          />
          <PasswordInput
            label={t('sharedCalendar.password')}
            description={t(keptFor ? 'sharedCalendar.passwordKept' : 'sharedCalendar.passwordNone')}
            placeholder={keptFor ? '••••••••••' : ''}
            autoComplete="new-password"
            maxLength={500}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </div>
        <div className={classes.trial}>
          <Button
            variant="default"
            leftSection={<IconPlugConnected size={16} stroke={1.8} aria-hidden="true" />}
            loading={trial.isPending}
            disabled={!valid || value.address === null}
            onClick={() => trial.mutate({ ...value, password: password === '' ? null : password })}
          >
            {t('sharedCalendar.try')}
          </Button>
          <div role="status">
            {trial.isPending && t('sharedCalendar.trying')}
            {trial.isError && <span className={neighbour.bad}>{errorText(trial.error)}</span>}
            {trial.data !== undefined && !trial.isPending && <Trialled found={trial.data} />}
          </div>
        </div>
      </Panel>
      <Panel heading={t('sharedCalendar.calendars')}>
        <p className={neighbour.under}>{t('sharedCalendar.calendarsSays')}</p>
        <div className={fields.fields}>
          {calendarPart.options.map((part) => (
            <Chooser
              key={part}
              part={part}
              chosen={value[part]}
              found={trial.data?.calendars ?? []}
              onChoose={(url) => edit({ [part]: url })}
            />
          ))}
          <div>
            <span className={classes.label} id="notices-for">
              {t('sharedCalendar.noticesFor')}
            </span>
            <SegmentedControl
              aria-labelledby="notices-for"
              value={value.noticesFor}
              onChange={(chosen) => edit({ noticesFor: chosen === 'public' ? 'public' : 'staff' })}
              data={(['staff', 'public'] as const).map((one) => ({ value: one, label: t(`sharedCalendar.audience.${one}`) }))}
            />
          </div>
          <LinesField
            label={t('sharedCalendar.present')}
            description={t('sharedCalendar.presentSays')}
            rows={3}
            lines={value.present}
            onChange={(present) => edit({ present })}
          />
        </div>
      </Panel>
      {state.data !== undefined && <Log log={state.data.log} />}
      <SaveBar
        {...editing}
        dirty={editing.dirty || password !== ''}
        save={save}
        problem={valid ? null : t('sharedCalendar.addressWrong')}
      />
      <History editing={editing} />
    </>
  )
}

function State({ state }: { state: SharedCalendarState }) {
  const { t } = useTranslation()
  const order = useMutation({ mutationFn: synchroniseCalendar })
  const { state: how, doneAt, failure, nextAt } = state
  const when = how === 'failing' ? failure?.at : doneAt
  return (
    <Panel heading={t('sharedCalendar.state')}>
      <div className={neighbour.state}>
        <div role="status">
          <strong data-bad={how === 'failing' || how === 'no-password' || undefined}>
            {t(`sharedCalendar.states.${how}`, { when: when == null ? '' : momentAfterWord(when) })}
          </strong>
          <small>
            {how === 'unset' ? t('sharedCalendar.unsetText') : nextAt === null ? '' : t('sharedCalendar.next', { when: momentOf(nextAt) })}
          </small>
        </div>
        {how !== 'unset' && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} stroke={1.8} aria-hidden="true" />}
            loading={state.running || order.isPending}
            onClick={() => order.mutate()}
          >
            {t('sharedCalendar.now')}
          </Button>
        )}
      </div>
      {how !== 'unset' && (
        <dl className={`${neighbour.figures} g-num`}>
          {(['shifts', 'pending', 'absences', 'notices'] as const)
            .filter((name) => name !== 'pending' || state.pending > 0)
            .map((name) => (
              <div key={name}>
                <dd>{count(state[name])}</dd>
                <dt>{t(`sharedCalendar.figures.${name}`)}</dt>
              </div>
            ))}
        </dl>
      )}
      <div className={neighbour.notes}>
        {failure !== null && how === 'failing' && (
          <p className={neighbour.bad} role="alert">
            {t('sharedCalendar.failure', { reason: capital(failure.says) })}
          </p>
        )}
        {order.isError && <p className={neighbour.bad}>{errorText(order.error)}</p>}
        {state.unread > 0 && <p className={neighbour.bad}>{t('sharedCalendar.unread', { count: state.unread })}</p>}
        {state.unmatched.length > 0 && (
          <>
            <p>{t('sharedCalendar.unmatched')}</p>
            <ul className={classes.unmatched}>
              {state.unmatched.map(({ title, day }) => (
                <li key={`${day} ${title}`}>
                  <time dateTime={day}>{dayOf(day)}</time> {title}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Panel>
  )
}

function Trialled({ found }: { found: CalendarTrialled }) {
  const { t } = useTranslation()
  const lines = [
    { name: null, ok: found.calendars.length > 0 || found.ok, says: found.says },
    ...calendarPart.options.flatMap((part) => {
      const one = found[part]
      return one === null ? [] : [{ name: t(`sharedCalendar.${part}`), ...one }]
    }),
  ]
  return (
    <ul className={classes.tried}>
      {lines.map(({ name, ok, says }) => (
        <li key={name ?? 'server'} data-ok={ok}>
          {ok ? <IconCheck size={16} stroke={2} aria-hidden="true" /> : <IconX size={16} stroke={2} aria-hidden="true" />}
          <span>
            {name !== null && <strong>{name}</strong>} {capital(says)}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Chooser({
  part,
  chosen,
  found,
  onChoose,
}: {
  part: CalendarPart
  chosen: string | null
  found: CalendarTrialled['calendars']
  onChoose: (url: string | null) => void
}) {
  const { t } = useTranslation()
  const known = chosen === null || found.some(({ url }) => url === chosen) ? found : [...found, { url: chosen, name: lastOf(chosen) }]
  return (
    <Select
      label={t(`sharedCalendar.${part}`)}
      description={t(`sharedCalendar.${part}Says`)}
      placeholder={t('sharedCalendar.none')}
      data={known.map(({ url, name }) => ({ value: url, label: name }))}
      value={chosen}
      clearable
      onChange={onChoose}
    />
  )
}

function Log({ log }: { log: SharedCalendarState['log'] }) {
  const { t } = useTranslation()
  return (
    <Panel heading={t('sharedCalendar.log')}>
      {log.length === 0 && <p className={neighbour.under}>{t('sharedCalendar.logNone')}</p>}
      <ul className={classes.log}>
        {log.map(({ at, kind, subject, detail }) => (
          <li key={`${at} ${kind} ${subject} ${detail}`}>
            <time dateTime={at} title={fullMoment(at)}>
              {momentOf(at)}
            </time>
            <span>{t(`sharedCalendar.kinds.${kind}`)}</span>
            <strong>{readable(subject)}</strong>
            {detail !== '' && (
              <small>
                {kind === 'shift-restored' || kind === 'notice-kept'
                  ? t('sharedCalendar.wanted', { what: readable(detail) })
                  : readable(detail)}
              </small>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)
const lastOf = (url: string) => decodeURIComponent(new URL(url).pathname.split('/').findLast(Boolean) ?? url)
const dayOf = (day: string) => dateText(new Date(day), { day: 'numeric', month: 'short', timeZone: 'UTC' })
/** Moments within a sentence, as a person reads them. */
const readable = (text: string) =>
  text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (iso) => fullMoment(iso)).replace(/\b\d{4}-\d\d-\d\d\b/g, (day) => dayOf(day))
