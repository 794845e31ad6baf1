import { Button, NativeSelect } from '@mantine/core'
import { IconDeviceLaptop, IconExternalLink, IconPlayerStop } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { told } from '../api/commands.ts'
import { linkedMachinesQuery, machinesQuery } from '../api/machines.ts'
import { endRemote, remoteQuery, startRemote, type RemoteOf } from '../api/remote.ts'
import { sessionQuery } from '../api/queries.ts'
import { timeOf } from './format.ts'
import { PanelHeading } from './panel.tsx'
import classes from './remote-control.module.css'

/** The tool opens at once, in a window of its own: browsers allow it only while the click is being answered. */
async function take(of: RemoteOf, machine: string | null): Promise<void> {
  const shown = window.open('', '_blank')
  if (shown !== null) shown.opener = null
  try {
    const { sessions } = await startRemote(of, { machine })
    const url = sessions.find(({ endedAt }) => endedAt === null)?.url
    if (shown !== null && url !== undefined) shown.location.href = url
  } catch (error) {
    shown?.close()
    throw error
  }
}

/** One button, beside others: begins, and ends what one began; noted on the ticket. */
export function TakeControl({ of }: { of: RemoteOf }) {
  const { t } = useTranslation()
  const me = useQuery(sessionQuery).data
  const mine = useQuery(remoteQuery(of)).data?.sessions.find(({ endedAt, byId }) => endedAt === null && byId === me?.id)
  const Icon = mine === undefined ? IconExternalLink : IconPlayerStop
  return (
    <button type="button" onClick={() => told(mine === undefined ? take(of, null) : endRemote(of, mine.id))}>
      <Icon size={14} stroke={1.8} aria-hidden="true" />
      {t(mine === undefined ? 'sharedPage.remoteLink' : 'remote.end')}
    </button>
  )
}

/** The site's own tool of remote control, opened from here; nothing where there is none. @param personId whose machines are offered */
export function RemoteControl({ of, personId, may = true }: { of: RemoteOf; personId: string | null; may?: boolean }) {
  const { t } = useTranslation()
  const found = useQuery(remoteQuery(of)).data
  const me = useQuery(sessionQuery).data
  const [machine, setMachine] = useState('')
  const linked = useQuery({
    ...linkedMachinesQuery('ticket' in of ? of : { call: of.call, personId: personId ?? '' }),
    enabled: found?.offered === true,
  }).data
  const theirs = useQuery({ ...machinesQuery(personId ?? ''), enabled: personId !== null && found?.offered === true }).data
  if (found === undefined || (!found.offered && found.sessions.length === 0)) return null
  const running = found.sessions.filter(({ endedAt }) => endedAt === null)
  const mine = running.some(({ byId }) => byId === me?.id)
  if (running.length === 0 && !may) return null
  const names = [...new Set([...(linked ?? []), ...(theirs?.machines ?? [])].map(({ name }) => name))]
  return (
    <section className={classes.remote} aria-label={t('remote.heading')}>
      <PanelHeading text={t('remote.heading')} />
      {running.map((session) => (
        <div key={session.id} className={classes.running} role="status">
          <p>
            <strong>{session.machine ?? t('remote.heading')}</strong>{' '}
            {t('remote.since', { time: timeOf(session.startedAt), by: session.by })}
          </p>
          {session.byId === me?.id && (
            <>
              <Button
                size="compact-sm"
                variant="default"
                component="a"
                href={session.url}
                target="_blank"
                rel="noreferrer"
                leftSection={<IconExternalLink size={14} stroke={1.8} aria-hidden="true" />}
              >
                {t('remote.reopen')}
              </Button>
              <Button
                size="compact-sm"
                leftSection={<IconPlayerStop size={14} stroke={1.8} aria-hidden="true" />}
                onClick={() => told(endRemote(of, session.id))}
              >
                {t('remote.end')}
              </Button>
            </>
          )}
        </div>
      ))}
      {found.offered && may && !mine && (
        <div className={classes.start}>
          {names.length > 0 && (
            <NativeSelect
              size="xs"
              aria-label={t('remote.machine')}
              value={machine}
              onChange={(event) => setMachine(event.currentTarget.value)}
              data={[{ value: '', label: t('remote.noMachine') }, ...names]}
            />
          )}
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconDeviceLaptop size={14} stroke={1.8} aria-hidden="true" />}
            onClick={() => told(take(of, machine === '' ? null : machine))}
          >
            {t('remote.start')}
          </Button>
          <small>{t('remote.noted')}</small>
        </div>
      )}
    </section>
  )
}
