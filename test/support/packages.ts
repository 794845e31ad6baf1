import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'

/** The real peers that tests talk to, by the program each Debian package brings. */
const peers: Readonly<Record<string, string>> = {
  'sip-tester': '/usr/bin/sipp',
  slapd: '/usr/sbin/slapd',
  'ldap-utils': '/usr/bin/ldapadd',
  chromium: '/usr/bin/chromium',
  'chromium-headless-shell': '/usr/bin/chromium-headless-shell',
  mmdebstrap: '/usr/bin/mmdebstrap',
  iproute2: '/bin/ip',
  'dovecot-imapd': '/usr/lib/dovecot/imap',
  radicale: '/usr/bin/radicale',
  systemd: '/usr/bin/systemd-analyze',
  'nginx-light': '/usr/sbin/nginx',
  caddy: '/usr/bin/caddy',
}
const policy = '/usr/sbin/policy-rc.d'
const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' }

/**
 * Install, as root, the Debian packages that are missing.
 * @returns null, or one sentence that says what is missing and how to get it.
 */
export function ensurePeers(): string | null {
  const missing = Object.keys(peers).filter((name) => !existsSync(peers[name] ?? ''))
  if (missing.length === 0) return null
  const command = `apt-get install ${missing.join(' ')}`
  if (process.getuid?.() !== 0)
    return `Paquets nécessaires aux tests et absents : ${missing.join(', ')} ; installez-les (« sudo ${command} »), ou lancez les tests en root.`
  process.stdout.write(`Installation des paquets Debian : ${missing.join(', ')}…\n`)
  // A package that brings a daemon starts it, unless this file says no: our tests run slapd themselves.
  const ours = !existsSync(policy)
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    apt('update')
    apt('install', '-y', '--no-install-recommends', ...missing)
    for (const daemon of ['slapd', 'nginx', 'caddy'])
      if (missing.some((name) => name.startsWith(daemon))) spawnSync('systemctl', ['disable', daemon], { env })
  } finally {
    if (ours) rmSync(policy, { force: true })
  }
  const still = missing.filter((name) => !existsSync(peers[name] ?? ''))
  return still.length === 0
    ? null
    : `Paquets nécessaires aux tests et impossibles à installer : ${still.join(', ')} (« ${command} » a échoué).`
}

function apt(...args: readonly string[]): void {
  spawnSync('apt-get', ['-q', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] })
}
