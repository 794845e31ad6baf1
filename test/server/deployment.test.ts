import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validate } from 'dockerfile-utils'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { inProject } from '../../server/project.ts'
import { licenceTable, mayShip, shipped } from '../support/licences.ts'

const deploy = inProject('deploy')
const read = (...path: readonly string[]) => readFileSync(join(deploy, ...path), 'utf8')
/** What stands in the environment's schema. */
const settings = () =>
  ['config.ts', 'config-providers.ts'].flatMap((name) =>
    [...readFileSync(inProject(`server/${name}`), 'utf8').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, setting = '']) => setting),
  )
const analyze = (...args: readonly string[]) => spawnSync('systemd-analyze', args, { encoding: 'utf8' })

describe('what is shipped beside the code', () => {
  it('has packages only whose licences allow it, each listed', async () => {
    const packages = shipped(inProject('package-lock.json'))
    expect(packages.filter(({ licence }) => !mayShip(licence))).toEqual([])
    expect(packages.length).toBeGreaterThan(200)
    const page = `# Licences of what is shipped

The desk itself is under EUPL-1.2 (LICENSE). What it brings along, or puts in place at a first start:

| what | licence |
| --- | --- |
| Asterisk, run as a program of its own | GPL-2.0 |
| PostgreSQL | PostgreSQL |
| espeak-ng, run as a program of its own; what it speaks is not covered | GPL-3.0-or-later |
| sox, run as a program of its own | GPL-2.0-or-later |
| Asterisk's core sounds and opsound music | CC-BY-SA-3.0 |
| Inter (the console's letters) | OFL-1.1 |

The list for a machine to read (SPDX): \`npm sbom --sbom-format=spdx --omit=dev\`. npm packages:

${licenceTable(packages)}
`
    await expect(page).toMatchFileSnapshot(inProject('docs/licences.md'))
  })

  it.each(readdirSync(join(deploy, 'systemd')).filter((name) => name.endsWith('.service')))(
    'systemd finds « %s » well written, and what it may do little',
    (name) => {
      const unit = join(deploy, 'systemd', name)
      const verified = analyze('verify', '--man=no', unit)
      // The paths are a site's, not this machine's.
      const said = `${verified.stdout}${verified.stderr}`
        .split('\n')
        .filter((line) => line.includes(name) && !/is not executable|not found/.test(line))
      expect(said).toEqual([])
      const judged = analyze('security', '--offline=true', '--no-pager', '--threshold=30', unit)
      expect(judged.status, judged.stdout.slice(-400)).toBe(0)
    },
  )

  it('has units that come back for ever, and are refused what they may not do rather than killed for it', () => {
    for (const name of ['guichet.service', 'guichet-training.service']) {
      expect(read('systemd', name), name).toMatch(/^StartLimitIntervalSec=0$[^]*^Restart=always$/m)
      expect(read('systemd', name), name).toMatch(/^SystemCallErrorNumber=EPERM$/m)
    }
  })

  it('trains on a desk to which the real one’s files are closed', () => {
    const training = read('systemd', 'guichet-training.service')
    const [, state] = /^StateDirectory=(.*)$/m.exec(read('systemd', 'guichet.service')) ?? []
    expect(training).toContain(`InaccessiblePaths=-/var/lib/${state} `)
    for (const [, folder = ''] of training.matchAll(/^Environment=.*\b(?:HOME|VAR_DIR)=(\S+)/gm))
      expect(folder).toBe('/var/lib/guichet-training')
  })

  it('has a container file in which nothing is to be mended', () => {
    const found = validate(read('container', 'Containerfile'))
    expect(found.map(({ message, range }) => `${range.start.line + 1}: ${JSON.stringify(message)}`)).toEqual([])
    expect(read('container', 'Containerfile')).toMatch(/^USER guichet$/m)
    // secrets.env lies beside it, and other packages in node_modules.
    expect(read('container', 'Containerfile')).not.toMatch(/^(COPY|ADD) (\.|deploy)/m)
  })

  it('has a compose file whose containers gain no rights and hold no secret', () => {
    const { services } = parse(read('container', 'compose.yaml')) as {
      services: Record<string, { image?: string; environment?: Record<string, string>; security_opt: string[]; restart: string }>
    }
    expect(Object.keys(services)).toEqual(['service', 'database'])
    for (const [name, service] of Object.entries(services)) {
      expect(service.security_opt, name).toContain('no-new-privileges:true')
      expect(service.restart, name).toBe('always')
      expect(service.image ?? 'x:1', name).not.toMatch(/:latest$|^[^:]+$/)
      expect(Object.keys(service.environment ?? {}).filter((key) => /PASSWORD|SECRET|TOKEN|KEY/.test(key))).toEqual([])
    }
  })

  it('has every setting that the service reads in one table, and no other', () => {
    const rows = readFileSync(inProject('docs/settings.md'), 'utf8').matchAll(/^\| (`[A-Z][^|]*) \|/gm)
    const told = [...rows].flatMap(([, cell = '']) => {
      const names = [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name = '']) => name)
      // « `LDAP_ATTRIBUTE_LOGIN`, `_NAME` »: another end of the first.
      return names.map((name) => (name.startsWith('_') ? `${names[0]?.replace(/_[A-Z]+$/, '')}${name}` : name))
    })
    expect(told.sort()).toEqual(settings().sort())
  })

  it('names no setting that the service does not read', () => {
    const known = settings()
    const named = [read('guichet.env.example'), read('container', 'secrets.env.example')].flatMap((text) =>
      [...text.matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name),
    )
    const typed = [...readFileSync(inProject('README.md'), 'utf8').matchAll(/\b([A-Z]+_[A-Z_]+|HOST)=/g)].map(([, name = '']) => name)
    expect(typed.length).toBeGreaterThan(5)
    expect([...named, ...typed].filter((name) => !name.startsWith('POSTGRES_') && !known.includes(name))).toEqual([])
  })
})
