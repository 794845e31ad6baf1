import { type AsyncZippable, strToU8, zip } from 'fflate'
import type { Cell, Sheet, SheetLanguage } from '../indicators/sheet.ts'
import type { Unit } from '../indicators/tallies.ts'
import { columnWidths, sheetName } from './layout.ts'

/*
 * OpenDocument spreadsheets (OASIS OpenDocument 1.3, part 3). Each value has its type, so that a number is a number, a day a day, and a text
 * that begins with « = » stays a text: without `table:formula` nothing is ever reckoned.
 */

const mimetype = 'application/vnd.oasis.opendocument.spreadsheet'
const names = ['office', 'table', 'text', 'style', 'number', 'config', 'manifest'] as const
const spaces = [
  ...names.map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name === 'number' ? 'datastyle' : name}:1.0"`),
  'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
].join(' ')
const document = (root: string, body: string, more = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><${root} ${spaces} ${more || 'office:version="1.3"'}>${body}</${root}>`

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;' }
/** What XML 1.0 has no room for. */
const nowhere = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
const escaped = (value: string): string => value.replace(nowhere, '').replace(/[&<>"\n]/g, (sign) => signs[sign] ?? sign)
/** Spaces side by side, line ends and tabs have elements of their own. */
const paragraphs = (value: string): string =>
  value
    .split(/\r\n|\r|\n/)
    .map((line) => {
      const inner = escaped(line)
        .replaceAll('\t', '<text:tab/>')
        .replace(/ {2,}|^ /g, (many) => `<text:s text:c="${many.length}"/>`)
      return `<text:p>${inner}</text:p>`
    })
    .join('')

const countries = { fr: 'FR', en: 'GB' } as const
type Style = 'text' | 'head' | Unit | 'day' | 'moment'

function styles(language: SheetLanguage, widths: ReadonlySet<number>): string {
  const where = `number:language="${language}" number:country="${countries[language]}"`
  const part = (name: string, more = '') => `<number:${name} ${more}/>`
  const between = (sign: string) => `<number:text>${sign}</number:text>`
  const [two, four] = ['number:style="long"', 'number:style="long"']
  const dayParts = [part('day', two), between('/'), part('month', two), between('/'), part('year', four)].join('')
  const number = (decimals: number) =>
    part('number', `number:decimal-places="${decimals}" number:min-integer-digits="1" number:grouping="true"`)
  const data: Readonly<Record<Exclude<Style, 'text' | 'head'>, string>> = {
    count: `<number:number-style style:name="n-count" ${where}>${number(0)}</number:number-style>`,
    seconds: `<number:number-style style:name="n-seconds" ${where}>${number(1)}</number:number-style>`,
    share: `<number:percentage-style style:name="n-share" ${where}>${number(1)}${between(language === 'fr' ? '\u202F%' : '%')}</number:percentage-style>`,
    day: `<number:date-style style:name="n-day" ${where}>${dayParts}</number:date-style>`,
    moment: `<number:date-style style:name="n-moment" ${where}>${dayParts}${between(' ')}${part('hours', two)}${between(':')}${part('minutes', two)}</number:date-style>`,
  }
  const cells = Object.keys(data).map(
    (name) => `<style:style style:name="c-${name}" style:family="table-cell" style:data-style-name="n-${name}"/>`,
  )
  const head =
    '<style:style style:name="c-head" style:family="table-cell"><style:table-cell-properties fo:background-color="#e7ecf3" fo:wrap-option="wrap"/><style:text-properties fo:font-weight="bold"/></style:style>'
  const columns = [...widths].map(
    (width) =>
      `<style:style style:name="w-${width}" style:family="table-column"><style:table-column-properties style:column-width="${(width * 0.2).toFixed(1)}cm"/></style:style>`,
  )
  return [...Object.values(data), ...cells, head, ...columns].join('')
}

const styled = (style: Style) => (style === 'text' ? '' : ` table:style-name="c-${style}"`)

function cell({ value, unit, head, date }: Cell): string {
  if (value === null) return '<table:table-cell/>'
  if (typeof value === 'number') {
    const type = unit === 'share' ? 'percentage' : 'float'
    return `<table:table-cell office:value-type="${type}" office:value="${value}"${styled(unit ?? 'count')}/>`
  }
  if (date !== undefined) return `<table:table-cell office:value-type="date" office:date-value="${escaped(value)}"${styled(date)}/>`
  return `<table:table-cell office:value-type="string"${styled(head === true ? 'head' : 'text')}>${paragraphs(value)}</table:table-cell>`
}

const row = (cells: readonly Cell[]): string => `<table:table-row>${cells.map((each) => cell(each)).join('')}</table:table-row>`

function table(sheet: Sheet): string {
  const [first = [], ...others] = sheet.rows
  const columns = columnWidths(sheet).map((width) => `<table:table-column table:style-name="w-${width}"/>`)
  return `<table:table table:name="${escaped(sheetName(sheet.name))}">${columns.join('')}<table:table-header-rows>${row(first)}</table:table-header-rows>${others.map(row).join('')}</table:table>`
}

/** The first row stays where it is while one reads on. */
function settings(sheets: readonly Sheet[]): string {
  const item = (name: string, type: string, value: string) =>
    `<config:config-item config:name="${name}" config:type="${type}">${value}</config:config-item>`
  const frozen = [
    item('VerticalSplitMode', 'short', '2'),
    item('VerticalSplitPosition', 'int', '1'),
    item('PositionBottom', 'int', '1'),
    item('ActiveSplitRange', 'short', '2'),
  ].join('')
  const tables = sheets
    .map(({ name }) => `<config:config-item-map-entry config:name="${escaped(sheetName(name))}">${frozen}</config:config-item-map-entry>`)
    .join('')
  return document(
    'office:document-settings',
    `<office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>${item('ViewId', 'string', 'view1')}<config:config-item-map-named config:name="Tables">${tables}</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings>`,
  )
}

const parts = ['content.xml', 'styles.xml', 'settings.xml'] as const
const manifest = document(
  'manifest:manifest',
  [
    `<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${mimetype}"/>`,
    ...parts.map((part) => `<manifest:file-entry manifest:full-path="${part}" manifest:media-type="text/xml"/>`),
  ].join(''),
  'manifest:version="1.3"',
)

/** Sheets as an OpenDocument spreadsheet, its numbers and days written as the language's country writes them. */
export function odsOf(sheets: readonly Sheet[], language: SheetLanguage): Promise<Buffer> {
  const widths = new Set(sheets.flatMap(columnWidths))
  const content = document(
    'office:document-content',
    `<office:automatic-styles>${styles(language, widths)}</office:automatic-styles><office:body><office:spreadsheet>${sheets.map(table).join('')}</office:spreadsheet></office:body>`,
  )
  const base = document(
    'office:document-styles',
    `<office:styles><style:default-style style:family="table-cell"><style:text-properties fo:language="${language}" fo:country="${countries[language]}"/></style:default-style></office:styles>`,
  )
  const files: AsyncZippable = {
    // What kind of file it is can be read without unpacking: first, and as it is.
    mimetype: [strToU8(mimetype), { level: 0 }],
    'content.xml': strToU8(content),
    'styles.xml': strToU8(base),
    'settings.xml': strToU8(settings(sheets)),
    'META-INF/manifest.xml': strToU8(manifest),
  }
  return new Promise((resolve, reject) => {
    zip(files, (error, packed) => (error === null ? resolve(Buffer.from(packed)) : reject(error)))
  })
}
