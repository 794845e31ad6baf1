import { useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useRouter, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../server/contract/http.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { changeState } from '../api/commands.ts'
import { numbersQuery } from '../api/numbers.ts'
import { preferencesQuery } from '../api/preferences.ts'
import { queryClient } from '../api/queries.ts'
import { useDraftKeeper } from '../desk/use-drafts.ts'
import { useRinging } from '../desk/use-ringing.ts'
import { myself } from '../live/desk.ts'
import { connect, listen } from '../live/store.ts'
import { useLive } from '../live/use-live.ts'
import { draftsOf, withHand } from '../desk/drafts.ts'
import { Announcer } from '../ui/announcer.tsx'
import { withTheRest } from '../ui/rest.ts'
import { fetchLater, later } from '../ui/later.tsx'
import { followKeys, useHeldKeys, useKeys, useShortcuts } from '../ui/shortcuts.ts'
import { want } from '../ui/wanted.ts'
import { fetchPages } from './fetch-pages.ts'
import classes from './layout.module.css'
import { LinkBanner } from './link-banner.tsx'
import { useRingPutsAway } from './next-button.tsx'
import { usePauseReasons } from './pause-reasons.ts'
import { Rail } from './rail.tsx'
import { SessionContext } from './session.ts'
import { TopBar } from './top-bar.tsx'
import { UpgradeBanner } from './upgrade-banner.tsx'
import { useSoftphone } from './use-softphone.ts'
import { isTheirs } from './whose-page.ts'

const layers = {
  palette: () => withTheRest(() => import('./palette.tsx')),
  dial: () => withTheRest(() => import('./dial-dialog.tsx')),
  help: () => withTheRest(() => import('./shortcut-help.tsx')),
  phone: () => withTheRest(() => import('./phone-dialog.tsx')),
  account: () => withTheRest(() => import('./my-account.tsx')),
}
const Tour = lazy(() => withTheRest(() => import('../help/tour.tsx')))
const NotYoursPage = lazy(() => withTheRest(() => import('./not-yours-page.tsx')))
const Palette = lazy(layers.palette)
const DialDialog = lazy(layers.dial)
const ShortcutHelp = lazy(layers.help)
const PhoneDialog = lazy(layers.phone)
const MyAccount = lazy(layers.account)
const DutyRota = later<{ session: Session }>(async () => (await import('./duty-rota.tsx')).DutyRota)
const DutyBanner = later<object>(async () => (await import('./duty-banner.tsx')).DutyBanner)
const WaitAlarm = later<object>(async () => (await import('./wait-alarm.tsx')).WaitAlarm)
const NextBar = later<object>(async () => (await import('./next-bar.tsx')).NextBar)
const Watches = later<object>(async () => (await import('./watches.tsx')).Watches)
const TalksBanner = later<object>(async () => (await import('./talks-banner.tsx')).TalksBanner)
const LateAnswers = later<object>(async () => (await import('./late-answers.tsx')).LateAnswers)
const LateTickets = later<{ all: boolean }>(async () => (await import('./late-tickets.tsx')).LateTickets)
const UnledCategories = later<object>(async () => (await import('./unled-categories.tsx')).UnledCategories)
/** The layers that open over the page; fetched once the page shows, so that they open even while the service is away. */
export type Layer = keyof typeof layers | null

const paintedMs = 100

/** What surrounds every page of the console; holds the live link. */
export function Layout({ session }: { session: Session }) {
  const { t } = useTranslation()
  const { desk } = useLive()
  const navigate = useNavigate()
  const router = useRouter()
  const [layer, setLayer] = useState<Layer>(null)
  const main = useRef<HTMLElement>(null)
  useEffect(() => connect(), [])
  useEffect(() => listen({ refused: () => void queryClient.invalidateQueries({ queryKey: ['session'] }) }), [])
  useDraftKeeper(session.id, mayCall(session, 'PUT /api/drafts/:key'))
  const preferences = useQuery(preferencesQuery).data
  useEffect(() => {
    if (preferences !== undefined) followKeys(preferences)
  }, [preferences])
  // What names its key for screen readers is drawn anew when keys move.
  useKeys()
  useHeldKeys(layer !== null)
  useRinging()
  useSoftphone(session)
  useRingPutsAway()

  const path = useRouterState({ select: (s) => s.location.pathname })
  const page = useRouterState({ select: (s) => s.matches.at(-1)?.routeId ?? '' })
  const lastPath = useRef(path)
  useEffect(() => {
    if (lastPath.current === path) return
    lastPath.current = path
    const start = main.current?.querySelector<HTMLElement>('[data-page-start]') ?? main.current
    start?.focus({ preventScroll: true })
  }, [path])

  const shown = desk !== null
  useEffect(() => {
    if (!shown) return
    // Once the frame being made is on the screen.
    const timer = window.setTimeout(() => {
      void fetchLater()
      for (const load of [...Object.values(layers), () => queryClient.fetchQuery(numbersQuery)]) load().catch(() => null)
    }, paintedMs)
    const stop = fetchPages(router)
    return () => {
      window.clearTimeout(timer)
      stop()
    }
  }, [shown, router])

  const me = desk === null ? null : myself(desk)
  const free = me !== null && me.state !== 'ringing' && me.state !== 'talking'
  const [usualPause = t('state.reasons.break')] = usePauseReasons()
  useShortcuts([
    {
      key: 'p',
      run: () => {
        if (free) changeState(me.state === 'ready' ? { state: 'paused', reason: usualPause } : { state: 'ready' })
      },
    },
    {
      key: 'g',
      run: () => {
        if (!free) return
        if (me.state !== 'front-desk') changeState({ state: 'front-desk' })
        const drafts = draftsOf(session.id)
        const kept = withHand(drafts.get(), session)
        drafts.set(kept)
        want(kept.hand ?? '')
        void navigate({ to: '/console' })
      },
    },
    {
      key: '/',
      run: () => {
        const own = document.querySelector<HTMLInputElement>('[data-page-search]')
        if (own === null) setLayer('palette')
        else own.focus()
      },
    },
    // During a conversation the key is the conversation's.
    ...(free
      ? [
          {
            key: 'c',
            run: () => {
              const own = document.querySelector<HTMLButtonElement>('[data-page-call]')
              if (own === null) setLayer('dial')
              else own.click()
            },
          },
        ]
      : []),
    { key: '?', run: () => setLayer('help') },
  ])
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      setLayer((open) => (open === 'palette' ? null : 'palette'))
    }
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])

  return (
    <SessionContext value={session}>
      <a className={classes.skip} href="#contenu">
        {t('nav.skip')}
      </a>
      <div className={classes.frame}>
        <Rail session={session} />
        <TopBar session={session} onOpen={setLayer} />
        <main id="contenu" ref={main} tabIndex={-1} className={classes.main}>
          <LinkBanner />
          <UpgradeBanner me={session.id} />
          <DutyBanner />
          {mayCall(session, 'GET /api/rota') && <DutyRota session={session} />}
          <WaitAlarm />
          {mayCall(session, 'GET /api/talks') && <TalksBanner />}
          {mayCall(session, 'PUT /api/operators/:id') && <LateAnswers />}
          {mayCall(session, 'GET /api/tickets/late') && <LateTickets all={mayCall(session, 'PUT /api/operators/:id')} />}
          {mayCall(session, 'PUT /api/settings/:domain') && <UnledCategories />}
          {preferences?.tourDone === false && me?.state !== 'ringing' && me?.state !== 'talking' && (
            <Suspense fallback={null}>
              <Tour telephone={session.extension !== null} next={mayCall(session, 'POST /api/next')} />
            </Suspense>
          )}
          <NextBar />
          <div className={classes.page} data-tour="desk">
            {isTheirs(session, page) ? (
              <Outlet />
            ) : (
              <Suspense fallback={null}>
                <NotYoursPage page={page} session={session} />
              </Suspense>
            )}
          </div>
        </main>
      </div>
      <Announcer />
      <Watches />
      <Suspense fallback={null}>
        {layer === 'palette' && <Palette onClose={() => setLayer(null)} onOpen={setLayer} />}
        {layer === 'dial' && <DialDialog onClose={() => setLayer(null)} />}
        {layer === 'phone' && <PhoneDialog onClose={() => setLayer(null)} />}
        {layer === 'account' && <MyAccount onClose={() => setLayer(null)} />}
        {layer === 'help' && <ShortcutHelp onClose={() => setLayer(null)} />}
      </Suspense>
    </SessionContext>
  )
}
