import type { Sheet as ExcelSheet, SheetData } from 'write-excel-file/node'
import { categoryName } from './contract/category-tree.ts'
import type { z } from 'zod'
import type { Session } from './contract/http.ts'
import type { IndicatorFileQuery, TicketCriterion, ticketIndicatorQuery, TicketIndicators } from './contract/indicators.ts'
import { below, entityPath } from './contract/partition.ts'
import type { FigureScope } from './database/indicator-sql.ts'
import type { Stores } from './database/stores.ts'
import type { SettingsBook } from './settings/book.ts'
import { callSheets, type Cell, csvOfSheets, type Sheet, ticketSheets } from './indicators/sheet.ts'

export type IndicatorFile = { readonly name: string; readonly type: string; readonly content: Buffer }

type Parts = {
  readonly stores: Pick<Stores, 'indicators' | 'groups' | 'partition'>
  readonly settings: Pick<SettingsBook, 'values'>
}
type Viewer = Pick<Session, 'id' | 'role'>

/** Whose tickets somebody is told of, who may have asked for one entity. */
export async function figureScope({ stores, settings }: Parts, entityId: string | undefined, viewer: Viewer): Promise<FigureScope> {
  const { entities } = settings.values.entities
  return {
    entities: entityId === undefined ? null : [...below(entities, entityId)],
    theirs: await stores.partition.countedFor(viewer),
  }
}

/** Tickets' figures, with what the site calls its categories, places, groups and entities. */
export async function namedTicketIndicators(
  parts: Parts,
  { entityId, ...query }: z.infer<typeof ticketIndicatorQuery>,
  viewer: Viewer,
): Promise<TicketIndicators> {
  const { stores, settings } = parts
  const scope = await figureScope(parts, entityId, viewer)
  const [counted, groups] = await Promise.all([
    stores.indicators.tickets(query, scope),
    query.by === 'group' || query.across === 'group' || scope.theirs !== null ? stores.groups.list() : [],
  ])
  const { categories } = settings.values.categories
  const { entities } = settings.values.entities
  const named = (criterion: TicketCriterion): Readonly<Record<string, string>> | null => {
    switch (criterion) {
      case 'group':
        return Object.fromEntries(groups.map(({ id, name }) => [id, name]))
      case 'entity':
        return Object.fromEntries(entities.map(({ id }) => [id, entityPath(entities, id)]))
      case 'category':
      case 'place':
        return Object.fromEntries(categories.map(({ id }) => [id, categoryName(categories, id) ?? id]))
      default:
        return null
    }
  }
  const asked = [query.by, ...(query.across === undefined ? [] : [query.across])]
  const names = Object.fromEntries(asked.flatMap((criterion) => (named(criterion) === null ? [] : [[criterion, named(criterion)]])))
  const theirs = scope.theirs && {
    entities: scope.theirs.entities.map((id) => entityPath(entities, id)).filter((name) => name !== ''),
    groups: groups.flatMap(({ id, name }) => (scope.theirs?.groups.includes(id) ? [name] : [])),
  }
  return { ...counted, names, theirs }
}

/** One side of the indicators of a period, as a file for a spreadsheet. */
export async function indicatorFile(parts: Parts, query: IndicatorFileQuery, viewer: Viewer): Promise<IndicatorFile> {
  const { side, format, language, from, to } = query
  const sheets =
    side === 'calls'
      ? callSheets(await parts.stores.indicators.calls({ from, to }), language)
      : ticketSheets(await namedTicketIndicators(parts, query, viewer), language)
  const stem = language === 'fr' ? (side === 'calls' ? 'telephone' : 'tickets') : side
  const name = `${language === 'fr' ? 'indicateurs' : 'indicators'}-${stem}-${from}-${to}.${format}`
  return format === 'csv'
    ? { name, type: 'text/csv; charset=utf-8', content: Buffer.from(csvOfSheets(sheets, language)) }
    : { name, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content: await workbook(sheets) }
}

/** Loaded when it is first asked for: few ever are. */
async function workbook(sheets: readonly Sheet[]): Promise<Buffer> {
  const { default: writeExcelFile } = await import('write-excel-file/node')
  return writeExcelFile(sheets.map((sheet) => excelSheet(sheet))).toBuffer()
}

const formats = { count: '#,##0', share: '0.0%', seconds: '#,##0.0' } as const
function excelSheet({ name, rows }: Sheet): ExcelSheet<Buffer> {
  const cell = ({ value, unit, head }: Cell) => {
    if (value === null) return null
    if (typeof value === 'number') return { type: Number, value, format: formats[unit ?? 'count'] }
    return head === true
      ? { type: String, value, fontWeight: 'bold' as const, wrap: true, backgroundColor: '#E7ECF3' }
      : { type: String, value }
  }
  const data: SheetData = rows.map((row) => row.map(cell))
  const widths = Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, column) =>
    Math.min(90, Math.max(12, ...rows.slice(1).map((row) => String(row[column]?.value ?? '').length + 2))),
  )
  // Excel takes no sheet name longer than this, nor with these signs in it.
  return { data, sheet: name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31), columns: widths.map((width) => ({ width })), stickyRowsCount: 1 }
}
