import { SaxesParser } from 'saxes'
import { unzipped } from './unzipped.ts'

/** A cell as the file types it: a text, or a value with its type. */
type OdsCell = { readonly type: string; readonly value: string | number | undefined }
export type OdsTable = { readonly name: string; readonly rows: readonly (readonly OdsCell[])[] }

/** The tables of an OpenDocument spreadsheet, read by its own rules and by none of the writer's code. @throws when the package is not one */
export function odsTables(file: Buffer): readonly OdsTable[] {
  // The kind is found at a fixed place, unpacked: name at 30, content behind it.
  const kind = file.toString('latin1', 38, 38 + 46)
  if (file.toString('latin1', 30, 38) !== 'mimetype' || kind !== 'application/vnd.oasis.opendocument.spreadsheet')
    throw new Error(`not a spreadsheet: ${kind}`)
  const parts = unzipped(file)
  for (const [, named] of (parts['META-INF/manifest.xml'] ?? '').matchAll(/full-path="([^"]+)"/g))
    if (named !== '/' && parts[named ?? ''] === undefined) throw new Error(`${named} is not there`)
  for (const part of ['styles.xml', 'settings.xml', 'META-INF/manifest.xml']) read(parts[part] ?? '', {})
  const tables: { name: string; rows: OdsCell[][] }[] = []
  let texts: string[] | null = null
  read(parts['content.xml'] ?? '', {
    open(name, attributes) {
      const table = tables.at(-1)
      if (attributes['table:formula'] !== undefined) throw new Error('a formula')
      if (name === 'table:table') tables.push({ name: attributes['table:name'] ?? '', rows: [] })
      if (name === 'table:table-row') table?.rows.push([])
      if (name === 'text:p') texts?.push('')
      if (name === 'text:s') texts?.push((texts.pop() ?? '') + ' '.repeat(Number(attributes['text:c'] ?? 1)))
      if (name === 'text:tab') texts?.push(`${texts.pop() ?? ''}\t`)
      if (name !== 'table:table-cell') return
      const type = attributes['office:value-type'] ?? 'none'
      const number = attributes['office:value']
      texts = type === 'string' ? [] : null
      table?.rows.at(-1)?.push({ type, value: attributes['office:date-value'] ?? (number === undefined ? undefined : Number(number)) })
    },
    text(said) {
      if (texts !== null && texts.length > 0) texts.push((texts.pop() ?? '') + said)
    },
    close(name) {
      if (name !== 'table:table-cell' || texts === null) return
      const row = tables.at(-1)?.rows.at(-1)
      if (row !== undefined) row[row.length - 1] = { type: 'string', value: texts.join('\n') }
      texts = null
    },
  })
  return tables
}

type Reading = {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly text?: (said: string) => void
  readonly close?: (name: string) => void
}
/** @throws when it is not well formed, or a prefix is not declared */
function read(xml: string, { open, text, close }: Reading): void {
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) =>
    open?.(tag.name, Object.fromEntries(Object.entries(tag.attributes).map(([name, attribute]) => [name, attribute.value]))),
  )
  parser.on('text', (said) => text?.(said))
  parser.on('closetag', (tag) => close?.(tag.name))
  parser.write(xml).close()
}
