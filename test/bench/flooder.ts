/**
 * A flood from many addresses, as a proxy would pass it on, in a process of its own: `node flooder.ts URL form|page RATE`. `form`: guests'
 * requests; `page`: what pages ask for before they call, and the line itself, where each presses for a call. At the end of its input it
 * writes what was answered, by status.
 */
import { Agent, request } from 'node:http'
import WebSocket from 'ws'

const [url = '', kind = 'form', rate = '100'] = process.argv.slice(2)
const agent = new Agent({ keepAlive: true, maxSockets: 200 })
const answered = new Map<string, number>()
const count = (what: string) => answered.set(what, (answered.get(what) ?? 0) + 1)
let n = 0
const from = () => ({ 'x-forwarded-for': `100.${64 + ((n >> 16) & 63)}.${(n >> 8) & 255}.${n & 255}` })

const ask = (method: string, path: string, headers: Readonly<Record<string, string>> = {}, body = '') =>
  new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
    const sent = request(`${url}${path}`, { method, agent, headers: { ...from(), ...headers } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (some: string) => (text += some))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })

const formToken = async () => /name="jeton" value="([^"]*)"/.exec((await ask('GET', '/demande')).text)?.[1] ?? ''
const edge = '----edge-of-the-flood'
const fields = (jeton: string) =>
  Object.entries({ jeton, titre: `Flood ${n}`, nom: 'Flood', courriel: `flood${n}@mail.example`, resume: 'x'.repeat(2_000) })
    .map(([name, value]) => `--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('')
let jeton = await formToken()
setInterval(() => void formToken().then((token) => (jeton = token)), 5_000).unref()

async function form(): Promise<void> {
  const body = `${fields(jeton)}--${edge}--\r\n`
  const headers = { 'content-type': `multipart/form-data; boundary=${edge}`, 'content-length': String(body.length) }
  count(String((await ask('POST', '/demande', headers, body)).status))
}

const offer = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', 'm=audio 9 UDP/TLS/RTP/SAVPF 8', 'a=fingerprint:sha-256 AA', ''].join(
  '\r\n',
)
async function page(): Promise<void> {
  const headers = from()
  const { status, text } = await ask('POST', '/appel')
  count(String(status))
  const { token = 'none' } = JSON.parse(text) as { readonly token?: string }
  const line = new WebSocket(`${url.replace(/^http/, 'ws')}/appel/ligne`, { headers })
  line.on('open', () => line.send(JSON.stringify({ type: 'call', token, offer })))
  line.on('message', (data: Buffer) => count((JSON.parse(data.toString('utf8')) as { readonly type: string }).type))
  line.on('error', () => count('line refused'))
  setTimeout(() => line.terminate(), 5_000).unref()
}

const flood = setInterval(() => {
  n += 1
  ;(kind === 'form' ? form() : page()).catch(() => count('failed'))
}, 1_000 / Number(rate))
process.stdin.on('end', () => {
  clearInterval(flood)
  process.stdout.write(`${JSON.stringify({ sent: n, ...Object.fromEntries(answered) })}\n`, () => process.exit(0))
})
process.stdin.resume()
