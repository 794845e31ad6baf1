import { readFileSync } from 'node:fs'

type Locked = { readonly version?: string; readonly license?: string; readonly dev?: boolean; readonly devOptional?: boolean }

/** Licences whose packages may be shipped with a work under EUPL-1.2. */
const compatible = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'Unlicense',
  'CC0-1.0',
  'PSF-2.0',
  'EUPL-1.1+',
])

/** Packages whose own description says it in an older form, read in their LICENSE files. */
const saidOtherwise: Readonly<Record<string, string>> = { 'xmlhttprequest-ssl': 'MIT' }

export type Shipped = { readonly name: string; readonly version: string; readonly licence: string }

/** What of the lock file reaches a site, by name. @param lock path of package-lock.json */
export function shipped(lock: string): readonly Shipped[] {
  const { packages } = JSON.parse(readFileSync(lock, 'utf8')) as { packages: Readonly<Record<string, Locked>> }
  const all = Object.entries(packages).flatMap(([path, { version = '', license, dev = false, devOptional = false }]) => {
    const name = path.replace(/^.*node_modules\//, '')
    return path === '' || dev || devOptional ? [] : [{ name, version, licence: license ?? saidOtherwise[name] ?? 'unknown' }]
  })
  const byKey = new Map(all.map((one) => [`${one.name} ${one.version}`, one]))
  return [...byKey.values()].toSorted((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version))
}

/** Whether a licence expression (SPDX) leaves a way to ship the package. */
export const mayShip = (expression: string): boolean =>
  expression
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((one) => one.split(' AND ').every((part) => compatible.has(part.trim())))

/** The table of docs/licences.md. */
export const licenceTable = (packages: readonly Shipped[]): string =>
  ['| package | version | licence |', '| --- | --- | --- |', ...packages.map((p) => `| ${p.name} | ${p.version} | ${p.licence} |`)].join(
    '\n',
  )
