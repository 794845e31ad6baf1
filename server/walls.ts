import type { Logger } from 'pino'
import type { OpeningCalendar } from './calendar/calendar.ts'
import { type Change, nextChange } from './calendar/hours.ts'
import type { DeskSettings } from './contract/settings.ts'
import type { DisruptionStore, StoredDisruption } from './database/disruption-store.ts'
import type { WallStore } from './database/wall-store.ts'
import type { DeskView } from './engine/desk.ts'
import type { Engine } from './engine/engine.ts'
import type { Realtime } from './realtime/realtime.ts'
import { WallScreens } from './realtime/wall-screens.ts'
import { type SecretLinks, wallLinks } from './secret-links.ts'

type Parts = {
  readonly secret: string
  readonly publicUrl: string
  readonly realtime: Realtime
  readonly engine: Pick<Engine, 'onTurn'>
  readonly walls: WallStore
  readonly disruptions: Pick<DisruptionStore, 'current'>
  readonly view: () => DeskView
  readonly settings: () => DeskSettings
  /** Where the site's own picture is; null: it has none. */
  readonly logo: () => string | null
  readonly calendar: () => OpeningCalendar
  readonly build: string | null
  readonly now: () => number
  readonly log: Logger
}

export type Walls = { readonly links: SecretLinks; readonly screens: WallScreens }

const mostShown = 6
/** Of disruptions, those that have begun: a title, since when, how many callers it took over. */
const goesOn = ({ phase, title, startsAt, absorbed }: StoredDisruption) =>
  phase === 'under-way' || phase === 'overdue' ? [{ title: title.slice(0, 160), since: startsAt, absorbed }] : []

/** The big screens, told of whatever the consoles are. */
export function wallScreens({
  secret,
  publicUrl,
  realtime,
  engine,
  walls,
  disruptions,
  view,
  settings,
  logo,
  calendar,
  build,
  now,
  log,
}: Parts): Walls {
  const links = wallLinks(secret, publicUrl)
  const screens = new WallScreens(realtime.sockets, {
    walls,
    links,
    view,
    deskName: () => settings().name,
    logo,
    alarmMs: () => settings().alarmMinutes * 60_000,
    nextChange: () => changeOf(view(), calendar(), now()),
    disruptions: async () => (await disruptions.current()).flatMap(goesOn).slice(0, mostShown),
    build,
    now,
    log,
  })
  engine.onTurn(({ logged }) => {
    for (const { fact } of logged) screens.onFact(fact)
  })
  realtime.watch((what) => (what === 'desk' ? screens.deskChanged() : screens.countsChanged()))
  return { links, screens }
}

/** What was ordered holds until its end, or until it is taken back; else the calendar. */
function changeOf({ open, opening }: DeskView, calendar: OpeningCalendar, nowMs: number): Change | null {
  if (opening !== null) return opening.until === null ? null : { atMs: Date.parse(opening.until), opens: !open }
  const next = nextChange(calendar, nowMs)
  // The demonstration may be open whatever the hour: then nothing changes.
  return next?.opens === open ? null : next
}
