import type { ErrorCode } from '../../server/contract/errors.ts'

/** What a request came back with when it failed. `code` is the catalogue's, or `unreachable` when no answer came. */
export class ApiError extends Error {
  readonly code: ErrorCode | 'unreachable'
  readonly status: number
  constructor(code: ErrorCode | 'unreachable', status: number, message: string) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.status = status
  }
}

const requestLimitMs = 15_000

/**
 * One request to our own server: JSON, or a file whose bytes are the body.
 * @param path below `/api`, with its query.
 * @throws ApiError when the server refuses, answers something unreadable, or does not answer within 15 s.
 */
export async function request<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, keepalive = false): Promise<T> {
  const init: RequestInit = { method, credentials: 'same-origin', keepalive, signal: AbortSignal.timeout(requestLimitMs) }
  if (body instanceof Blob) {
    init.headers = { 'content-type': 'application/octet-stream' }
    init.body = body
  } else if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' }
    init.body = JSON.stringify(body)
  }
  let response: Response
  try {
    response = await fetch(`/api${path}`, init)
  } catch {
    throw new ApiError('unreachable', 0, '')
  }
  const text = await response.text()
  const json = readJson(text)
  if (response.ok) return json as T
  const refused = json as { code?: ErrorCode; message?: string } | null
  throw new ApiError(refused?.code ?? 'internal', response.status, refused?.message ?? '')
}

function readJson(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The query string of the given fields, without the empty ones; starts with `?` unless it is empty. */
export function query(fields: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(fields).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]]))
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`
}
