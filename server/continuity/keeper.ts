import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { momentInWords, slotInWords } from '../calendar/slots.ts'
import { normaliseNumber, showNumber } from '../calls/number.ts'
import type { GroupPhones } from '../calls/group-phones.ts'
import type { ContinuityState } from '../contract/continuity.ts'
import type { Stores } from '../database/stores.ts'
import { placeFile } from '../whole-file.ts'
import { keyOf, seal, type SheetKey } from './envelope.ts'
import { type SheetData, sheetHtml } from './sheet.ts'

type KeeperPorts = {
  readonly varDir: string
  readonly stores: Pick<Stores, 'tickets' | 'owed' | 'groups' | 'callbackSlots'>
  readonly desk: () => { readonly name: string; readonly targets: readonly { readonly name: string; readonly number: string }[] }
  readonly whoIs: (number: string) => readonly { readonly name: string }[]
  readonly timeZone: string
  readonly log: Logger
  readonly now: () => number
}

const everyMs = 3_600_000
const mostTickets = 200
const sheetName = 'guichet-continuite.html'

/** Makes the continuity sheet every hour, once a password has been chosen; with PostgreSQL away the last one stays. */
export class ContinuityKeeper {
  readonly #ports: KeeperPorts
  readonly #folder: string
  #problem: string | null = null
  #timer: NodeJS.Timeout | null = null

  constructor(ports: KeeperPorts) {
    this.#ports = ports
    this.#folder = join(ports.varDir, 'continuity')
  }

  /** The sheet's file; null while there is none. */
  get file(): string | null {
    return existsSync(this.#sheet) ? this.#sheet : null
  }

  state(): ContinuityState {
    const at = this.file === null ? null : statSync(this.#sheet).mtime.toISOString()
    return { ready: existsSync(this.#keyFile), at, problem: this.#problem }
  }

  async start(): Promise<void> {
    await this.make()
    this.#timer = setInterval(() => void this.make(), everyMs)
    this.#timer.unref()
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
  }

  /** From now on sheets open with this password; those made before keep theirs. */
  async choose(password: string): Promise<ContinuityState> {
    const key = await keyOf(password)
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    placeFile(this.#keyFile, JSON.stringify(key))
    await this.make()
    return this.state()
  }

  /** Never rejects: `state` says what went wrong. */
  async make(): Promise<void> {
    if (!existsSync(this.#keyFile)) return
    try {
      const key = JSON.parse(readFileSync(this.#keyFile, 'utf8')) as SheetKey
      const data = await this.#data()
      placeFile(this.#sheet, seal(sheetHtml(data), key, data.at))
      this.#problem = null
    } catch (error) {
      this.#problem = (error as Error).message
      this.#ports.log.warn({ reason: this.#problem }, 'The continuity sheet could not be made; the last one stays')
    }
  }

  get #sheet(): string {
    return join(this.#folder, sheetName)
  }

  get #keyFile(): string {
    return join(this.#folder, 'key.json')
  }

  async #data(): Promise<SheetData> {
    const { stores, desk, whoIs, timeZone, now } = this.#ports
    const clock = new Intl.DateTimeFormat('fr', { timeZone, dateStyle: 'short', timeStyle: 'short' })
    const shown = (at: string | number) => clock.format(new Date(at))
    const [{ tickets, total, more }, owed, slots, groups, phones] = await Promise.all([
      stores.tickets.list({ status: 'open', sort: 'priority', limit: mostTickets }),
      stores.owed.open(),
      stores.callbackSlots.unsettled(),
      stores.groups.list(),
      stores.groups.phones(),
    ])
    const { name, targets } = desk()
    const namesOf = (number: string | null) => (number === null ? [] : whoIs(number)).map((p) => p.name).join(', ')
    return {
      desk: name,
      at: shown(now()),
      open: total,
      more,
      // Whoever is owed nothing but a half hour that is to come stands with those.
      owed: owed
        .filter(({ origins }) => !origins.every(({ kind, at }) => kind === 'slot' && at > now()))
        .map((entry) => ({
          number: showNumber(entry.number),
          who: namesOf(entry.number),
          since: shown(entry.firstAt),
          due: shown(entry.dueAt),
          priority: entry.priority,
        })),
      promised: slots.map(({ startsAt, endsAt, number, name: said, subject, reopensAt }) => ({
        when: slotInWords({ fromMs: startsAt.getTime(), toMs: endsAt.getTime() }, 'fr', timeZone).whole,
        number: showNumber(number),
        who: said || namesOf(number),
        subject,
        reopens: reopensAt === null ? '' : momentInWords(reopensAt.getTime(), 'fr', timeZone),
      })),
      tickets: tickets.map((t) => ({
        number: t.number,
        title: t.title,
        summary: t.summary,
        requester: t.requester.name,
        phone: t.requester.phone ?? '',
        openedAt: shown(t.openedAt),
        owner: t.owner?.name ?? groups.find(({ id }) => id === t.groupId)?.name ?? '',
      })),
      numbers: [
        ...targets.map((target) => ({ name: target.name, reach: target.number })),
        ...groups
          .filter((group) => group.retiredAt === null)
          .map((group) => ({
            name: group.name,
            reach: [group.mail, group.hours, (phones.find(({ id }) => id === group.id)?.members ?? []).map(reachOf).join(', ')]
              .filter(Boolean)
              .join(' · '),
          })),
      ],
    }
  }
}

/** « Nadia Roussel (05 61 55 12 40) » */
function reachOf({ name, numbers }: GroupPhones['members'][number]): string {
  const shown = numbers.map((number) => showNumber(normaliseNumber(number) ?? number))
  return shown.length === 0 ? name : `${name} (${shown.join(', ')})`
}
