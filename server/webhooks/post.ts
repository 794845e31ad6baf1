import { lookup } from 'node:dns/promises'
import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { type BlockList, isIP, type LookupFunction } from 'node:net'
import type { Tried } from '../database/webhook-store.ts'
import { isAllowed, mayReach } from './addresses.ts'

const timeoutMs = 10_000
/** Read of an answer, to be polite; the rest is not waited for. */
const answerBytes = 65_536

export type Resolve = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>
const byDns: Resolve = (host) => lookup(host, { all: true })

class Refused extends Error {}

/** The one address that will be spoken to: found, judged, and not asked for again, so that a name cannot change in between. */
async function addressOf(url: URL, allowed: BlockList, resolve: Resolve): Promise<{ readonly address: string; readonly family: number }> {
  if (url.username !== '' || url.password !== '') throw new Refused('l’adresse contient un mot de passe')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const family = isIP(host)
  const found = family === 0 ? await resolve(host) : [{ address: host, family }]
  const [first] = found
  if (first === undefined) throw new Refused('ce nom n’a pas d’adresse')
  const bad = found.find(({ address }) => !mayReach(address, allowed))
  if (bad !== undefined) throw new Refused(`adresse privée ou réservée (${bad.address}) : voyez WEBHOOK_NETWORKS`)
  if (url.protocol !== 'https:' && !isAllowed(first.address, allowed)) throw new Refused('attendu https://…')
  return first
}

function send(
  url: URL,
  to: { readonly address: string; readonly family: number },
  body: string,
  headers: Record<string, string>,
): Promise<number> {
  const pinned: LookupFunction = (_host, options, done) =>
    options.all === true ? done(null, [{ ...to }]) : done(null, to.address, to.family)
  return new Promise((resolve, reject) => {
    const open = url.protocol === 'https:' ? overHttps : overHttp
    const asked = open(url, { method: 'POST', lookup: pinned, agent: false, headers, signal: AbortSignal.timeout(timeoutMs) }, (answer) => {
      let read = 0
      answer.on('data', (chunk: Buffer) => {
        read += chunk.length
        if (read > answerBytes) answer.destroy()
      })
      answer.on('error', () => undefined)
      resolve(answer.statusCode ?? 0)
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** One try. A redirection is not followed: it is where a private address would hide. Never rejects. */
export async function post(
  { url: written, body, headers }: { readonly url: string; readonly body: string; readonly headers: Record<string, string> },
  allowed: BlockList,
  resolve: Resolve = byDns,
): Promise<Tried> {
  const from = performance.now()
  const tried = (status: number | null, error: string | null): Tried => ({ status, error, tookMs: Math.round(performance.now() - from) })
  try {
    const url = new URL(written)
    const status = await send(url, await addressOf(url, allowed, resolve), body, {
      ...headers,
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
    })
    if (status >= 200 && status < 300) return tried(status, null)
    return tried(status, status >= 300 && status < 400 ? 'redirection refusée' : `réponse ${status}`)
  } catch (error) {
    return tried(null, reasonOf(error))
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Refused) return error.message
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'pas de réponse en dix secondes'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.message
  return code.slice(0, 200)
}
