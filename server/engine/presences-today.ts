import type { Logger } from 'pino'
import { daysBetween } from '../calendar/ahead.ts'
import { rotaDays, telephonePresences } from '../calendar/rota.ts'
import type { Presence } from '../calls/settings.ts'
import type { SettingsValues } from '../contract/settings.ts'
import type { RotaStore } from '../database/rota-store.ts'
import { Rounds } from './rounds.ts'

type Ports = {
  readonly rota: Pick<RotaStore, 'between'>
  readonly hours: () => SettingsValues['hours']
  readonly timeZone: string
  /** The desk's day, `2026-11-24`. */
  readonly today: () => string
  readonly log: Pick<Logger, 'warn'>
}

/** A day begins, and hours change: soon enough. What is put down is looked at when it is. */
const everyMs = 60_000

/** Who is to be at the telephone today, and until when, as last read from the rota: what callers are told waits for no database. */
export function presencesToday({ rota, hours, timeZone, today, log }: Ports) {
  let known: readonly Presence[] = []
  const rounds = new Rounds({
    everyMs,
    log,
    failing: 'The rota cannot be read; waits are told by what was known of it',
    async look() {
      const day = today()
      const { shifts, absences, hours: away } = await rota.between(day, day)
      known = rotaDays(daysBetween(hours(), day, day), shifts, absences, away).flatMap((one) => telephonePresences(one, timeZone))
    },
  })
  return { rounds, known: () => known }
}
