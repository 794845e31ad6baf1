import type { Logger } from 'pino'
import type { Ticket } from '../../contract/entities.ts'
import type { GlpiImported, GlpiImportOrder, GlpiSettings } from '../../contract/glpi.ts'
import type { GlpiStore } from '../../database/glpi-store.ts'
import { ServiceError } from '../../errors.ts'
import { GlpiAway, GlpiRefused, type GlpiClient } from './client.ts'
import { importFrom, type ImportParts } from './import.ts'

type Ports = {
  readonly client: () => Promise<GlpiClient>
  readonly store: GlpiStore
  readonly settings: () => GlpiSettings
  readonly importing: Omit<ImportParts, 'client' | 'store' | 'settings' | 'onSaved'>
  readonly onSaved: (ticket: Ticket) => void
  readonly log: Logger
}
type By = { readonly id: string; readonly name: string }

/** The first take-over from GLPI, counted or done: one at a time, behind whoever asked for it. */
export class TakeOver {
  readonly #ports: Ports
  #underWay: Promise<void> | null = null

  constructor(ports: Ports) {
    this.#ports = ports
  }

  /**
   * Take over what is in GLPI, or count what would be; resolves once it is begun. Cut short, it can be asked for again: what is here already
   * stays.
   * @throws ServiceError `conflict` while one is under way, or while no GLPI is named
   */
  async begin(order: GlpiImportOrder, by: By): Promise<void> {
    if (this.#underWay !== null) throw new ServiceError('conflict', 'une reprise est en cours')
    const begun = this.#begin(order, by)
    // Before anything is waited for: of two who ask at once, one is refused.
    this.#underWay = begun
      .then(
        ({ over }) => over,
        () => undefined,
      )
      .finally(() => {
        this.#underWay = null
      })
    await begun
  }

  /** Resolves once none is under way. */
  async ended(): Promise<void> {
    await this.#underWay
  }

  async #begin(order: GlpiImportOrder, by: By): Promise<{ readonly over: Promise<void> }> {
    const { store, settings, importing, onSaved } = this.#ports
    const client = await this.#ports.client().catch((error: unknown) => {
      throw error instanceof GlpiRefused ? new ServiceError('conflict', error.message) : error
    })
    const id = await store.importBegun(by.name, order.dry)
    let parts: readonly GlpiImported[] = []
    const told = (failure: string | null, ended: boolean) => store.importGoesOn(id, { parts: [...parts], failure }, ended)
    const all = importFrom({ ...importing, client, store, settings, onSaved }, order, by, async (done) => {
      parts = done
      await told(null, false)
    })
    const over = all
      .then(
        () => told(null, true),
        (error: unknown) => told(this.#saying(error), true),
      )
      .catch((error: unknown) => this.#ports.log.warn({ err: error }, 'What became of the import from GLPI could not be written'))
      .finally(() => void client.close())
    return { over }
  }

  #saying(error: unknown): string {
    if (error instanceof GlpiAway || error instanceof GlpiRefused || error instanceof ServiceError) return error.message
    this.#ports.log.error({ err: error }, 'The import from GLPI failed')
    return 'une erreur de notre part, enregistrée'
  }
}
