import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OperatorView } from '../../server/contract/entities.ts'
import type { Session } from '../../server/contract/http.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { figures, myCall, myself } from '../live/desk.ts'
import { useLive, useServerNow } from '../live/use-live.ts'
import { clock, count } from '../ui/format.ts'
import { Keys } from '../ui/kbd.tsx'
import { later } from '../ui/later.tsx'
import { Pill } from '../ui/pill.tsx'
import { AccountButton } from './account-button.tsx'
import type { Layer } from './layout.tsx'
import { NextButton } from './next-button.tsx'
import { StateButton } from './state-button.tsx'
import classes from './top-bar.module.css'

const StateMenu = later<{ me: OperatorView; outgoing: boolean }>(
  async () => (await import('./state-menu.tsx')).StateMenu,
  ({ me, outgoing, onWant }) => <StateButton me={me} outgoing={outgoing} onClick={onWant} />,
)
const PhoneBadge = later<{ onOpen: () => void }>(async () => (await import('./phone-badge.tsx')).PhoneBadge)
const AccountMenu = later<{ session: Session; onOpen: (layer: Layer) => void }>(
  async () => (await import('./account-menu.tsx')).AccountMenu,
  ({ session, onWant }) => <AccountButton session={session} onClick={onWant} />,
)

/** A wait from which the strip warns: the waiting message promises at most fifteen minutes. */
const longWaitMs = 5 * 60_000

export function TopBar({ session, onOpen }: { session: Session; onOpen: (layer: Layer) => void }) {
  const { t } = useTranslation()
  const { desk } = useLive()
  const me = desk === null ? null : myself(desk)
  const part = desk === null ? null : myCall(desk)?.part
  return (
    <header className={classes.bar}>
      {me !== null && <StateMenu me={me} outgoing={part === 'placing' || part === 'dialling'} />}
      <PhoneBadge onOpen={() => onOpen('phone')} />
      {mayCall(session, 'GET /api/calls') ? <Strip /> : <div className={classes.strip} />}
      {mayCall(session, 'POST /api/next') && <NextButton />}
      <button
        type="button"
        className={classes.find}
        data-tour="search"
        onClick={() => onOpen('palette')}
        aria-keyshortcuts="Control+K"
        aria-label={t('palette.label')}
      >
        <IconSearch size={15} stroke={1.7} aria-hidden="true" />
        <span>{t('palette.open')}</span>
        <Keys keys="Ctrl+K" />
      </button>
      <AccountMenu session={session} onOpen={onOpen} />
    </header>
  )
}

function Strip() {
  const { t } = useTranslation()
  const { desk } = useLive()
  const now = useServerNow()
  if (desk === null) return <div className={classes.strip} />
  const { waiting, oldest, kept, ready, present } = figures(desk)
  const long = oldest !== null && now - Date.parse(oldest) > longWaitMs
  return (
    <div className={`${classes.strip} g-num`}>
      {!desk.open && <Pill tone="warn">{t('strip.closed')}</Pill>}
      <span data-warn={waiting > 0 || undefined}>
        <b>{count(waiting)}</b> {t('strip.waiting')}
      </span>
      {kept > 0 && (
        <span>
          <b>{count(kept)}</b> {t('calling.keptStrip', { count: kept })}
        </span>
      )}
      {oldest !== null && (
        <span data-warn={long || undefined}>
          {t('strip.oldest')} <b>{clock(oldest, now)}</b>
        </span>
      )}
      <span>
        {t('strip.ready')}{' '}
        <b>
          {ready} / {present}
        </b>
      </span>
    </div>
  )
}
