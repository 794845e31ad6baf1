import { IconEar } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DemoState } from '../api/queries.ts'
import { clockOf, fullMoment, momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { SoundPlayer } from '../ui/sound-player.tsx'
import classes from './recordings.module.css'

type Recording = DemoState['recordings'][number]

/** The calls of the demonstration, newest first: one line each, with what the caller heard and what the operator heard. */
export function Recordings({ recordings }: { recordings: readonly Recording[] }) {
  const { t } = useTranslation()
  const calls = [...Map.groupBy(recordings, (r) => r.callId).values()].toSorted((a, b) => startOf(b).localeCompare(startOf(a)))
  return (
    <Panel heading={t('demo.recordings')}>
      {calls.length === 0 && (
        <p className={classes.none}>
          <IconEar size={16} stroke={1.7} aria-hidden="true" />
          {t('demo.noRecordings')}
        </p>
      )}
      <ul className={classes.calls}>
        {calls.map((sides) => (
          <Call key={sides[0]?.callId} sides={sides} />
        ))}
      </ul>
    </Panel>
  )
}

const startOf = (sides: readonly Recording[]) => sides.map((s) => s.at).toSorted()[0] ?? ''

function Call({ sides }: { sides: readonly Recording[] }) {
  const { t } = useTranslation()
  const at = startOf(sides)
  const who = sides.find((s) => s.who !== '')?.who ?? t('demo.unknownCaller')
  return (
    <li>
      <p className={classes.who}>
        <strong>{who}</strong>
        <time className="g-num" dateTime={at} title={fullMoment(at)}>
          {momentOf(at)}
        </time>
      </p>
      {(['caller', 'operator'] as const).map((side) => {
        const heard = sides.find((s) => s.side === side)
        return (
          <div key={side} className={classes.side}>
            <span>
              {t(`demo.${side}`)}
              {heard !== undefined && <small className="g-num">{clockOf(heard.seconds)}</small>}
            </span>
            {heard === undefined ? (
              <p className={classes.nothing}>{t(`demo.nothing.${side}`)}</p>
            ) : (
              <SoundPlayer src={heard.url} label={t('demo.listen', { who, side: t(`demo.${side}`) })} />
            )}
          </div>
        )
      })}
    </li>
  )
}
