import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from '../../server/project.ts'
import { makeCertificate } from './slapd.ts'

type ProxyPlace = {
  readonly folder: string
  readonly httpPort: number
  readonly httpsPort: number
  /** Of the two back ends, in the order in which the example names them. */
  readonly backends: readonly [number, number]
}

const example = (name: string) => readFileSync(inProject(`deploy/proxy/${name}`), 'utf8')

/** @throws Error when the example does not say `what` any more: a test would try something else than it thinks. */
function put(text: string, what: string | RegExp, instead: string): string {
  if (typeof what === 'string' ? !text.includes(what) : !what.test(text)) throw new Error(`the example does not say ${what}`)
  return text.replaceAll(what, instead)
}

function startNginx({ folder, httpPort, httpsPort, backends }: ProxyPlace): ChildProcess {
  const { key, cert } = makeCertificate(folder)
  let text = example('nginx.conf')
  text = put(text, 'server 127.0.0.1:8080', `server 127.0.0.1:${backends[0]}`)
  text = put(text, '# server 10.0.0.12:8080', `server 127.0.0.1:${backends[1]}`)
  text = put(text, /listen \[::\].*\n/g, '\n')
  text = put(text, 'listen 80;', `listen 127.0.0.1:${httpPort};`)
  text = put(text, 'listen 443 ssl;', `listen 127.0.0.1:${httpsPort} ssl;`)
  text = put(text, '/etc/ssl/guichet/fullchain.pem', cert)
  text = put(text, '/etc/ssl/guichet/privkey.pem', key)
  text = put(text, '260m', '1m')
  const parts = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  for (const part of parts) mkdirSync(join(folder, part))
  const paths = parts.map((part) => `${part}_temp_path ${folder}/${part};`).join('\n')
  const file = join(folder, 'nginx.conf')
  writeFileSync(
    file,
    `daemon off;\nmaster_process off;\npid ${folder}/nginx.pid;\nerror_log ${folder}/error.log;\nevents {}\nhttp {\naccess_log off;\n${paths}\n${text}}\n`,
  )
  const args = ['-p', folder, '-c', file, '-e', join(folder, 'error.log')]
  const tested = spawnSync('/usr/sbin/nginx', ['-t', ...args], { encoding: 'utf8' })
  if (tested.status !== 0) throw new Error(tested.stderr)
  return spawn('/usr/sbin/nginx', args, { stdio: 'ignore' })
}

function startCaddy({ folder, httpPort, httpsPort, backends }: ProxyPlace): ChildProcess {
  let text = example('Caddyfile')
  text = put(text, '127.0.0.1:8080', backends.map((port) => `127.0.0.1:${port}`).join(' '))
  text = put(text, 'health_interval 2s', 'health_interval 100ms')
  const file = join(folder, 'Caddyfile')
  // Its certificate is of an authority of its own, kept here: a site's comes from Let's Encrypt by itself.
  writeFileSync(
    file,
    `{\nadmin off\nlocal_certs\nskip_install_trust\nstorage file_system ${folder}/caddy\nhttp_port ${httpPort}\nhttps_port ${httpsPort}\ndefault_bind 127.0.0.1\n}\n${text}`,
  )
  const env = { PATH: '/usr/bin:/bin', HOME: folder }
  const tested = spawnSync('/usr/bin/caddy', ['validate', '--adapter', 'caddyfile', '--config', file], { encoding: 'utf8', env })
  if (tested.status !== 0) throw new Error(tested.stderr)
  return spawn('/usr/bin/caddy', ['run', '--adapter', 'caddyfile', '--config', file], { stdio: 'ignore', env })
}

type Proxy = {
  readonly name: string
  /** What it answers by itself to a body beyond the limit; null: the service judges. */
  readonly tooLarge: number | null
  readonly start: (place: ProxyPlace) => ChildProcess
}

/** The examples for a site's proxy, as they stand but for addresses, certificates, the largest body (1 MiB) and how often they look. */
export const proxies: readonly Proxy[] = [
  { name: 'nginx', tooLarge: 413, start: startNginx },
  { name: 'Caddy', tooLarge: null, start: startCaddy },
]
