#!/usr/bin/env node
// A program that works with the desk's interface: Node 20 or later, nothing to install. Copy it and change it.
//   GUICHET_URL=https://guichet.example.org GUICHET_KEY=gu_… node tickets.mjs open "Commutateur muet" "Sonde réseau"
//   … node tickets.mjs show 10234
//   … node tickets.mjs list [words to search for]
// The key is made under « Réglages », « Clés d’API », for these routes: POST /api/tickets, GET /api/tickets/:number, GET /api/tickets.
import { createHash } from 'node:crypto'

const { GUICHET_URL: base, GUICHET_KEY: key } = process.env
const [verb, ...words] = process.argv.slice(2)

/** Ask once more when the desk says to wait (429, 503), at most three times. */
async function ask(method, path, body, left = 3) {
  const answer = await fetch(new URL(path, base), {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  if ((answer.status === 429 || answer.status === 503) && left > 0) {
    const seconds = Number(answer.headers.get('retry-after') ?? 1)
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
    return ask(method, path, body, left - 1)
  }
  const said = answer.status === 204 ? null : await answer.json()
  // Every error has a code for programs and a sentence for people.
  if (!answer.ok) throw new Error(`${said.code}: ${said.message}`)
  return said
}

const verbs = {
  async open(title, name) {
    if (title === undefined || name === undefined) throw new Error('open TITLE REQUESTER')
    const requester = { personId: null, name, email: null, phone: null, affiliation: 'unknown', unit: null, place: null }
    // Sent twice (a network that hesitates), it opens one ticket: the same UUID means the same request.
    const hash = createHash('sha256').update(`${title} ${name} ${new Date().toISOString().slice(0, 10)}`).digest('hex')
    const idempotencyKey = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
    const { number } = await ask('POST', '/api/tickets', { title, requester, medium: 'form', idempotencyKey })
    return `${number}`
  },
  async show(number) {
    const { title, status, journal } = await ask('GET', `/api/tickets/${encodeURIComponent(number ?? '')}`)
    return [`${number}  ${title}  (${status})`, ...journal.map(({ at, kind, by }) => `  ${at}  ${kind}  ${by ?? ''}`)].join('\n')
  },
  async list(...search) {
    const { tickets } = await ask('GET', `/api/tickets?${new URLSearchParams({ list: 'all', ...(search.length > 0 && { search: search.join(' ') }) })}`)
    return tickets.map(({ number, title, status }) => `${number}  ${status.padEnd(12)}  ${title}`).join('\n')
  },
}

try {
  if (!base || !key) throw new Error('Set GUICHET_URL and GUICHET_KEY.')
  if (!(verb in verbs)) throw new Error(`node tickets.mjs ${Object.keys(verbs).join('|')} …`)
  process.stdout.write(`${await verbs[verb](...words)}\n`)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
