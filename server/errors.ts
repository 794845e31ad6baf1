import { errorCatalogue, type ErrorCode } from './contract/errors.ts'

/** An error with its place in the catalogue; `detail` says which field or thing, and is safe to show. */
export class ServiceError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly detail: string | null
  /** @param cause what was refused or did not answer, for the log alone */
  constructor(code: ErrorCode, detail?: string, cause?: unknown) {
    super(detail === undefined ? errorCatalogue[code].fr : `${errorCatalogue[code].fr} (${detail})`, { cause })
    this.name = 'ServiceError'
    this.code = code
    this.detail = detail ?? null
    this.status = errorCatalogue[code].status
  }
}
