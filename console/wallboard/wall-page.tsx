import { IconBell, IconLinkOff, IconMaximize } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WallBoard } from '../../server/contract/walls.ts'
import { timeOf } from '../ui/format.ts'
import { useDeskName, usePageTitle } from '../ui/page-title.ts'
import { useAlarmSound } from './alarm-sound.ts'
import { type Alarm, alarmsOf } from './alarms.ts'
import { Board } from './board.tsx'
import { Head } from './head.tsx'
import { ToneShape } from './shapes.tsx'
import { useSecond, useWall } from './use-wall.ts'
import classes from './wall.module.css'

/** A server that is there speaks every ten seconds. */
const staleMs = 25_000
const countsStaleMs = 90_000
const builtAs = (): string | null => document.querySelector<HTMLMetaElement>('meta[name="build"]')?.content ?? null

/** The big screen of the room. */
export function WallPage() {
  const { t } = useTranslation()
  const { key } = useParams({ from: '/mur/$key' })
  const { board, offsetMs, heardAt, link } = useWall(key)
  const clockMs = useSecond()
  usePageTitle(t('wall.title'))
  useDeskName(board?.desk)
  useScheme(board?.scheme ?? 'auto')
  useAwake()
  useNewestBuild(board?.build ?? null)
  if (link === 'refused')
    return (
      <main className={classes.lone}>
        <IconLinkOff size="3em" stroke={1.5} aria-hidden="true" />
        <h1>{t('wall.unknown')}</h1>
        <p>{t('wall.unknownText')}</p>
      </main>
    )
  if (board === null)
    return (
      <main className={classes.lone}>
        <h1>{t('wall.connecting')}</h1>
        {link === 'lost' && <p role="status">{t('wall.away_')}</p>}
      </main>
    )
  const stale = link !== 'live' || clockMs - heardAt > staleMs
  return <Screen board={board} nowMs={clockMs + offsetMs} staleSince={stale ? board.now : null} />
}

function Screen({ board, nowMs, staleSince }: { board: WallBoard; nowMs: number; staleSince: string | null }) {
  const { t } = useTranslation()
  const alarms = alarmsOf(board, nowMs)
  const heard = alarms.filter(({ tone }) => tone === 'alarm').map(({ kind }) => kind)
  const { asks, allow } = useAlarmSound(heard, board.sound)
  const countedAt = board.counts?.at ?? null
  const countsStale = countedAt !== null && nowMs - Date.parse(countedAt) > countsStaleMs
  return (
    <main className={classes.wall} data-stale={staleSince !== null || undefined} data-tight={board.disruptions.length > 0 || undefined}>
      <Head board={board} nowMs={nowMs} />
      {staleSince !== null && (
        <p className={classes.band} data-tone="stale" role="status">
          {t('wall.stale', { time: timeOf(staleSince) })}
        </p>
      )}
      {staleSince === null && countsStale && (
        <p className={classes.band} data-tone="stale" role="status">
          {t('wall.countsStale', { time: timeOf(countedAt) })}
        </p>
      )}
      {staleSince === null && alarms[0]?.tone === 'alarm' && <AlarmBand board={board} alarm={alarms[0]} />}
      <Board board={board} nowMs={nowMs} />
      {board.disruptions.length > 0 && (
        <ul className={classes.disruptions} aria-label={t('wall.disruption')}>
          {board.disruptions.map(({ title, since, absorbed }) => (
            <li key={`${since}${title}`}>
              <ToneShape tone="attention" />
              <strong>{title}</strong>
              <span>
                {t('wall.since', { time: timeOf(since) })}
                {absorbed > 0 && ` · ${t('wall.absorbed', { count: absorbed })}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Controls soundAsked={asks} onAllow={allow} />
    </main>
  )
}

function AlarmBand({ board, alarm }: { board: WallBoard; alarm: Alarm }) {
  const { t } = useTranslation()
  const words = { minutes: Math.round(board.alarmS / 60), count: board.counts?.owedLate ?? 0 }
  return (
    <p className={classes.band} data-tone="alarm" role="alert">
      <ToneShape tone="alarm" />
      {t(`wall.alarms.${alarm.kind}`, words)}
    </p>
  )
}

const restMs = 6_000

/** What one gesture may need: shown until the sound is allowed, else only while the mouse moves. */
function Controls({ soundAsked, onAllow }: { soundAsked: boolean; onAllow: () => void }) {
  const { t } = useTranslation()
  const [moved, setMoved] = useState(false)
  useEffect(() => {
    let rest: number | undefined
    const wake = () => {
      setMoved(true)
      window.clearTimeout(rest)
      rest = window.setTimeout(() => setMoved(false), restMs)
    }
    const key = (event: KeyboardEvent) => {
      if (event.key === 'f' && !event.ctrlKey && !event.metaKey) void fullScreen()
      wake()
    }
    window.addEventListener('pointermove', wake)
    window.addEventListener('keydown', key)
    return () => {
      window.clearTimeout(rest)
      window.removeEventListener('pointermove', wake)
      window.removeEventListener('keydown', key)
    }
  }, [])
  return (
    <div className={classes.controls} data-shown={moved || soundAsked || undefined} data-asked={soundAsked || undefined}>
      {soundAsked && (
        <button type="button" onClick={onAllow}>
          <IconBell size="1.2em" stroke={1.8} aria-hidden="true" />
          {t('wall.allowSound')}
        </button>
      )}
      {moved && document.fullscreenElement === null && (
        <button type="button" onClick={() => void fullScreen()}>
          <IconMaximize size="1.2em" stroke={1.8} aria-hidden="true" />
          {t('wall.fullScreen')} (F)
        </button>
      )}
    </div>
  )
}

const fullScreen = (): Promise<void> =>
  document.fullscreenElement === null ? document.documentElement.requestFullscreen().catch(() => undefined) : document.exitFullscreen()

/** The wall's own colours, on this page alone: whoever looks at it on their own computer keeps theirs. */
function useScheme(scheme: WallBoard['scheme']): void {
  useEffect(() => {
    if (scheme === 'auto') return
    const root = document.documentElement
    const before = root.dataset['mantineColorScheme']
    root.dataset['mantineColorScheme'] = scheme
    return () => {
      root.dataset['mantineColorScheme'] = before
    }
  }, [scheme])
}

/** The screen does not go dark, where the browser can be asked. */
function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null
    const ask = () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
      void navigator.wakeLock.request('screen').then(
        (held) => {
          lock = held
        },
        () => undefined,
      )
    }
    ask()
    document.addEventListener('visibilitychange', ask)
    return () => {
      document.removeEventListener('visibilitychange', ask)
      void lock?.release()
    }
  }, [])
}

const reloadedFor = 'guichet.wall-reloaded-for'

/** Nobody comes to reload a wall: a newer build is opened by itself, once. */
function useNewestBuild(build: string | null): void {
  useEffect(() => {
    const own = builtAs()
    if (own === null || build === null || own === build || sessionStorage.getItem(reloadedFor) === build) return
    sessionStorage.setItem(reloadedFor, build)
    window.location.reload()
  }, [build])
}
