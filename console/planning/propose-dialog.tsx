import { Button, Checkbox } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProposedShift } from '../../server/contract/rota.ts'
import { errorText } from '../api/error-text.ts'
import { addShift, proposalsQuery } from '../api/rota.ts'
import { Dialog } from '../ui/dialog.tsx'
import { weekdayAndDay } from '../ui/format.ts'
import classes from './propose-dialog.module.css'
import { whyNot } from './why-not.ts'

const keyOf = ({ operatorId, day, from }: ProposedShift) => `${operatorId} ${day} ${from}`

/** Presences that would meet what a week needs: whoever plans keeps those they want. Nothing is written down before. */
export function ProposeDialog({ from, onClose }: { from: string; onClose: () => void }) {
  const { t } = useTranslation()
  const { data, error } = useQuery(proposalsQuery(from))
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [saving, setSaving] = useState(false)
  const kept = data?.shifts.filter((shift) => !left.has(keyOf(shift))) ?? []
  const toggle = (key: string) => setLeft(left.has(key) ? new Set([...left].filter((one) => one !== key)) : new Set([...left, key]))
  const save = async () => {
    setSaving(true)
    let [added, why] = [0, '']
    for (const { operatorId, day, from: since, to } of kept)
      try {
        await addShift({ operatorId, day, from: since, to, post: 'phone' })
        added += 1
      } catch (failure) {
        why = whyNot(failure)
      }
    notifications.show({
      withBorder: true,
      message: [
        t('rota.copied', { count: added }),
        ...(why === '' ? [] : [t('rota.proposals.refused', { count: kept.length - added, why })]),
      ].join(' '),
    })
    onClose()
  }
  return (
    <Dialog heading={t('rota.proposals.heading')} size={560} onClose={onClose}>
      <div className={classes.body}>
        {error !== null && <p role="alert">{errorText(error)}</p>}
        {data !== undefined && (
          <>
            <p>{t(data.shifts.length === 0 ? 'rota.proposals.none' : 'rota.proposals.says')}</p>
            <ul className={classes.list}>
              {data.shifts.map((shift) => (
                <li key={keyOf(shift)}>
                  <Checkbox
                    className="g-num"
                    checked={!left.has(keyOf(shift))}
                    onChange={() => toggle(keyOf(shift))}
                    label={t('rota.shiftOf', { ...shift, day: weekdayAndDay(shift.day) })}
                  />
                </li>
              ))}
            </ul>
            {data.unfilled.length > 0 && (
              <>
                <p className={classes.unfilled}>{t('rota.proposals.unfilled')}</p>
                <ul className={`${classes.list} g-num`}>
                  {data.unfilled.map(({ day, from: since, to, missing }) => (
                    <li key={`${day} ${since}`}>{t('rota.short', { day: weekdayAndDay(day), from: since, to, missing })}</li>
                  ))}
                </ul>
              </>
            )}
            <div className={classes.foot}>
              <Button variant="default" onClick={onClose}>
                {t('rota.proposals.leave')}
              </Button>
              <Button disabled={kept.length === 0} loading={saving} onClick={() => void save()}>
                {t('rota.proposals.keep', { count: kept.length })}
              </Button>
            </div>
          </>
        )}
      </div>
    </Dialog>
  )
}
