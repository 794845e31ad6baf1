import { Button } from '@mantine/core'
import { IconLink, IconLinkOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Machine } from '../../server/contract/ocs.ts'
import { told } from '../api/commands.ts'
import { linkedMachinesQuery, linkMachine, machinesQuery, type Linkable } from '../api/machines.ts'
import { dateText } from './format.ts'
import classes from './machines.module.css'
import { PanelHeading } from './panel.tsx'

const keyOf = ({ server, deviceId }: Pick<Machine, 'server' | 'deviceId'>) => `${server.id} ${deviceId}`
const megabytesEach = 1_024
/** `2026-11-23 18:02:11`, as neighbours write it: their own zone is not known, so the day alone is shown. */
export const dayOf = (seen: string) => {
  const day = new Date(`${seen.slice(0, 10)}T00:00:00Z`)
  return Number.isNaN(day.getTime()) ? null : dateText(day, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
}

/** What a machine is, in two lines. */
function What({ machine: { server, name, system, model, serial, address, memory, seen, url } }: { readonly machine: Machine }) {
  const { t } = useTranslation()
  const day = dayOf(seen)
  const facts = [
    model,
    system,
    memory === null ? '' : t('ocs.memory', { gb: Math.round(memory / megabytesEach) }),
    address,
    serial === '' ? '' : t('ocs.serial', { serial }),
  ]
  return (
    <div>
      <a href={url} target="_blank" rel="noreferrer" title={t('ocs.open', { name })}>
        {name}
      </a>
      <small>{facts.filter(Boolean).join(' · ')}</small>
      <small>{[server.name, day === null ? '' : t('ocs.seen', { when: day })].filter(Boolean).join(', ')}</small>
    </div>
  )
}

/** A person's machines, each of which can be linked to what is being written or read. @param to null: to nothing */
export function Machines({
  personId,
  to,
  heading,
  mayLink = true,
}: {
  readonly personId: string | null
  readonly to: Linkable | null
  readonly heading: string
  readonly mayLink?: boolean
}) {
  const { t } = useTranslation()
  const found = useQuery({ ...machinesQuery(personId ?? ''), enabled: personId !== null }).data
  const linked = useQuery({ ...linkedMachinesQuery(to ?? { ticket: 0 }), enabled: to !== null }).data ?? []
  const state = found?.state ?? 'off'
  const theirs = found?.machines ?? []
  // One that is theirs no more, or was forgotten by its inventory, stays on the ticket.
  const all = [...theirs, ...linked.filter((one) => !theirs.some((other) => keyOf(other) === keyOf(one)))]
  if ((state === 'off' || state === 'unknown') && all.length === 0) return null
  return (
    <>
      <PanelHeading text={heading} figure={all.length > 0 ? all.length : undefined} />
      {all.length === 0 && state === 'asking' && (
        <p className={classes.note} role="status">
          {t('ocs.asking')}
        </p>
      )}
      {all.length === 0 && state === 'known' && (found?.away ?? []).length === 0 && <p className={classes.note}>{t('ocs.nothing')}</p>}
      <ul className={classes.list}>
        {all.map((machine) => {
          const isLinked = linked.some((one) => keyOf(one) === keyOf(machine))
          return (
            <li key={keyOf(machine)}>
              <What machine={machine} />
              {to !== null && mayLink && (
                <Button
                  size="compact-sm"
                  variant={isLinked ? 'light' : 'default'}
                  aria-pressed={isLinked}
                  aria-label={t(isLinked ? 'ocs.unlink' : 'ocs.linkOf', { name: machine.name })}
                  leftSection={
                    isLinked ? (
                      <IconLinkOff size={14} stroke={1.8} aria-hidden="true" />
                    ) : (
                      <IconLink size={14} stroke={1.8} aria-hidden="true" />
                    )
                  }
                  onClick={() => told(linkMachine(to, { server: machine.server.id, deviceId: machine.deviceId }, !isLinked))}
                >
                  {t(isLinked ? 'ocs.linked' : 'ocs.link')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      {(found?.away ?? []).length > 0 && <p className={classes.note}>{t('ocs.away', { names: found?.away.join(', ') })}</p>}
    </>
  )
}
