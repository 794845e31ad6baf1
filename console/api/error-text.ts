import type { errorCatalogue } from '../../server/contract/errors.ts'
import { i18n } from '../ui/i18n.ts'
import { ApiError } from './client.ts'

let catalogue: typeof errorCatalogue | null = null
/** Whoever has the catalogue at hand spares its fetch. */
export function giveErrorTexts(known: typeof errorCatalogue): void {
  catalogue = known
}

/** The catalogue's sentences serve whoever does not read the server's own, in French: fetched once somebody may need them. */
export async function fetchErrorTexts(): Promise<void> {
  catalogue = (await import('../../server/contract/errors.ts')).errorCatalogue
}

/** The sentence to show for a failure, in the reader's language; the server's own words when they are in it. */
export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return i18n.t('error.unexpected')
  if (error.code === 'unreachable') return i18n.t('error.unreachable')
  const known = catalogue?.[error.code]
  if (i18n.language === 'fr') return error.message || known?.fr || i18n.t('error.unexpected')
  return known?.en ?? i18n.t('error.unexpected')
}
