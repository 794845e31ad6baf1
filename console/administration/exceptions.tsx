import { Button } from '@mantine/core'
import { IconCalendarPlus } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExceptionalDays } from '../../server/contract/settings.ts'
import { Panel } from '../ui/panel.tsx'
import { Exception } from './exception.tsx'
import classes from './exceptions.module.css'

type ExceptionsProps = {
  readonly exceptions: readonly ExceptionalDays[]
  readonly today: string
  readonly onChange: (exceptions: ExceptionalDays[]) => void
}

/** Closures and openings declared ahead, the next one first; those that are over stay below, until they are removed. */
export function Exceptions({ exceptions, today, onChange }: ExceptionsProps) {
  const { t } = useTranslation()
  const list = useRef<HTMLUListElement>(null)
  const added = useRef<string | null>(null)
  const over = (e: ExceptionalDays) => e.to < today
  const inOrder = exceptions.toSorted((a, b) => Number(over(a)) - Number(over(b)) || a.from.localeCompare(b.from))
  useEffect(() => {
    if (added.current === null) return
    list.current?.querySelector<HTMLInputElement>(`[data-exception="${added.current}"] input`)?.focus()
    added.current = null
  })
  const add = () => {
    const id = `${today}-${exceptions.length + 1}-${Math.random().toString(36).slice(2, 8)}`
    added.current = id
    onChange([...exceptions, { id, from: today, to: today, spans: [], reason: '', announcement: null }])
  }
  return (
    <Panel heading={t('settings.hours.exceptions')}>
      {exceptions.length === 0 && <p className={classes.none}>{t('settings.hours.exceptionsNone')}</p>}
      <ul ref={list} className={classes.list}>
        {inOrder.map((one) => (
          <Exception
            key={one.id}
            exception={one}
            over={over(one)}
            onChange={(changed) => onChange(exceptions.map((e) => (e.id === one.id ? changed : e)))}
            onRemove={() => onChange(exceptions.filter((e) => e.id !== one.id))}
          />
        ))}
      </ul>
      <div className={classes.foot}>
        <Button variant="default" leftSection={<IconCalendarPlus size={16} stroke={1.7} />} onClick={add}>
          {t('settings.hours.addException')}
        </Button>
      </div>
    </Panel>
  )
}
