import { DrizzleQueryError } from 'drizzle-orm'
import { ServiceError } from '../errors.ts'

const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  // Shutdown, crash, starting, too many connections, read-only (a standby), cancelled by the statement's time limit.
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '25006',
  '57014',
  // Out of memory, or the disk fails.
  '53200',
  '58030',
])
const diskFull = '53100'
// pg gives these without a code.
const awayMessages =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|timeout expired|Client has encountered a connection error|Cannot use a pool after calling end|client was closed/i
// A zero byte, a number that its column cannot hold, a day of a year before the first: nothing that a well-meant client sends.
const unusableCodes = new Set(['22021', '22003', '22P05', '22007', '22008'])

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null

const causeOf = (error: unknown): unknown => (error instanceof DrizzleQueryError && error.cause !== undefined ? error.cause : error)

/** Whether the error is a broken unique constraint. */
export const isDuplicate = (error: unknown): boolean => codeOf(causeOf(error)) === '23505'

/**
 * What a failure of PostgreSQL means for those who asked: `database_away` when it does not answer, `database_full`, `invalid_body` for a value that
 * it cannot hold; anything else is returned without the query's text and values, which hold personal data.
 */
export function translateFailure(error: unknown): unknown {
  const cause = causeOf(error)
  if (cause instanceof ServiceError) return cause
  const code = codeOf(cause)
  if (code === diskFull) return new ServiceError('database_full')
  if (code !== null && (awayCodes.has(code) || code.startsWith('08'))) return new ServiceError('database_away')
  if (code !== null && unusableCodes.has(code)) return new ServiceError('invalid_body')
  if (cause instanceof AggregateError && cause.errors.some((e) => awayCodes.has(codeOf(e) ?? ''))) return new ServiceError('database_away')
  if (cause instanceof Error && awayMessages.test(cause.message)) return new ServiceError('database_away')
  return cause
}

/** The same store, whose failures are translated by {@link translateFailure}. */
export function translating<Store extends object>(store: Store): Store {
  return new Proxy(store, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof member !== 'function') return member
      return async (...args: unknown[]): Promise<unknown> => {
        try {
          return await member.apply(target, args)
        } catch (error) {
          throw translateFailure(error)
        }
      }
    },
  })
}
