import { errorCatalogue } from '../../server/contract/errors.ts'
import { i18n } from '../ui/i18n.ts'
import { ApiError } from './client.ts'

/** The sentence to show for a failure, in the reader's language; the server's own words when they are in it. */
export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return i18n.t('error.unexpected')
  if (error.code === 'unreachable') return i18n.t('error.unreachable')
  const known = errorCatalogue[error.code]
  if (i18n.language === 'fr') return error.message || known.fr
  return known.en
}
