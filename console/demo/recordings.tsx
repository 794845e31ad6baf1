import { useTranslation } from 'react-i18next'
import type { DemoState } from '../api/queries.ts'
import { clockOf, momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { SoundPlayer } from '../ui/sound-player.tsx'
import classes from './recordings.module.css'

type Recording = DemoState['recordings'][number]

/** The calls of the demonstration, newest first, each with what either side heard. */
export function Recordings({ recordings }: { recordings: readonly Recording[] }) {
  const { t } = useTranslation()
  const calls = Object.values(Object.groupBy(recordings, (r) => r.callId))
    .flatMap((sides) => (sides === undefined ? [] : [sides]))
    .toSorted((a, b) => (b[0]?.at ?? '').localeCompare(a[0]?.at ?? ''))
  return (
    <Panel heading={t('demo.recordings')}>
      {calls.length === 0 && <p className={classes.none}>{t('demo.noRecordings')}</p>}
      <ul className={classes.calls}>
        {calls.map((sides) => (
          <li key={sides[0]?.callId}>
            <p className={classes.who}>
              <strong>{sides.find((s) => s.side === 'caller')?.who ?? sides[0]?.who}</strong>
              <time className="g-num">{momentOf(sides[0]?.at ?? '')}</time>
            </p>
            {sides.map((s) => (
              <div key={s.side} className={classes.side}>
                <span>
                  {t(`demo.${s.side}`)}
                  <small className="g-num">{clockOf(s.seconds)}</small>
                </span>
                <SoundPlayer src={s.url} label={t('demo.listen', { who: s.who, side: t(`demo.${s.side}`) })} />
              </div>
            ))}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
