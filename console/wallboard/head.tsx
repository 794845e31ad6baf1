import { useTranslation } from 'react-i18next'
import type { WallBoard } from '../../server/contract/walls.ts'
import { dateOf, dayHeading, timeOf } from '../ui/format.ts'
import { i18n } from '../ui/i18n.ts'
import { Logo } from '../ui/logo.tsx'
import classes from './wall.module.css'

const soonMinutes = 30

/** Which desk, whether it is open and until when, and the time. */
export function Head({ board, nowMs }: { board: WallBoard; nowMs: number }) {
  const now = new Date(nowMs).toISOString()
  return (
    <header className={classes.head}>
      {board.logo === null ? <Logo size={0} /> : <img src={board.logo} alt="" />}
      <h1>{board.desk}</h1>
      <p className={classes.hours} data-open={board.open || undefined}>
        <i aria-hidden="true" />
        <Hours board={board} nowMs={nowMs} />
      </p>
      <time className={classes.clock} dateTime={now}>
        {timeOf(now)}
      </time>
    </header>
  )
}

const said = (iso: string): string => {
  const time = timeOf(iso)
  return i18n.language === 'en' ? time : time.replace(/^0/, '').replace(':', ' h ').replace(/ 00$/, '')
}

function Hours({ board: { open, next }, nowMs }: { board: WallBoard; nowMs: number }) {
  const { t } = useTranslation()
  const state = t(open ? 'wall.open' : 'wall.closed')
  if (next === null) return <strong>{state}</strong>
  const minutes = Math.max(1, Math.ceil((Date.parse(next.at) - nowMs) / 60_000))
  const today = dateOf(next.at) === dateOf(new Date(nowMs).toISOString())
  const words = { time: said(next.at), day: dayHeading(next.at, nowMs).toLowerCase(), minutes }
  const soon = open && minutes <= soonMinutes
  const when = soon
    ? t('wall.closesIn', words)
    : open
      ? t(today ? 'wall.until' : 'wall.untilDay', words)
      : t(today ? 'wall.reopens' : 'wall.reopensDay', words)
  return (
    <>
      <strong>{state}</strong> <span data-soon={soon || undefined}>{when}</span>
    </>
  )
}
