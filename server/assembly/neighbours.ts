import type { Logger } from 'pino'
import type { Ticket } from '../contract/entities.ts'
import type { SettingsDomain } from '../contract/settings.ts'
import type { Stores } from '../database/stores.ts'
import { createSealing } from '../sealing.ts'
import { Glpi } from '../neighbours/glpi/glpi.ts'
import { Ocs } from '../neighbours/ocs/ocs.ts'
import { neighbourSecrets } from '../neighbours/secrets.ts'
import type { SettingsBook } from '../settings/book.ts'

type Parts = {
  readonly settings: Pick<SettingsBook, 'values' | 'view' | 'change'>
  readonly stores: Pick<Stores, 'articles' | 'glpi' | 'machines' | 'tickets' | 'neighbourSecrets'>
  /** The site's secret, by which theirs are sealed. */
  readonly key: string
  readonly publicUrl: string
  readonly timeZone: string
  readonly onSaved: (ticket: Ticket) => void
  readonly log: Logger
  readonly now: () => number
}

/** The university's other systems: each off until somebody asks for it, none ever waited for. */
export function createNeighbours({ settings, stores, key, publicUrl, timeZone, onSaved, log, now }: Parts) {
  const secrets = neighbourSecrets({ store: stores.neighbourSecrets, sealing: createSealing(key, 'neighbours') })
  const glpi = new Glpi({
    settings: () => settings.values.glpi,
    deskName: () => settings.values.desk.name,
    store: stores.glpi,
    tickets: stores.tickets,
    secrets,
    publicUrl,
    importing: {
      articles: stores.articles,
      categories: () => settings.values.categories.categories,
      timeZone,
      async keep(made, pairs, by) {
        const { categories, glpi: chosen } = settings.view
        const all = [...categories.value.categories, ...made]
        if (made.length > 0) await settings.change('categories', { version: categories.version, value: { categories: all } }, by)
        await settings.change('glpi', { version: chosen.version, value: { categories: [...chosen.value.categories, ...pairs] } }, by)
      },
    },
    onSaved,
    log,
    now,
  })
  const ocs = new Ocs({ settings: () => settings.values.ocs, store: stores.machines, secrets, now })
  return {
    glpi,
    ocs,
    parts: () => [glpi.part(), ocs.part()].filter((part) => part !== null),
    ticketSaved: () => glpi.wake(),
    settingsChanged(changed: readonly SettingsDomain[]): void {
      if (changed.includes('ocs')) ocs.settingsChanged()
      if (changed.includes('glpi'))
        void glpi.settingsChanged().catch((error: unknown) => log.warn({ err: error }, 'What is owed to GLPI could not be said'))
    },
    start: () => glpi.start(),
    stop: () => glpi.stop(),
  }
}
export type Neighbours = ReturnType<typeof createNeighbours>
