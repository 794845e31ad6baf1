import { categoryName } from './contract/category-tree.ts'
import type { z } from 'zod'
import type { Session } from './contract/http.ts'
import type {
  CallIndicators,
  callIndicatorQuery,
  callListFileQuery,
  IndicatorFileQuery,
  TicketCriterion,
  ticketIndicatorQuery,
  TicketIndicators,
  ticketListFileQuery,
} from './contract/indicators.ts'
import { below, type Entity, entityPath } from './contract/partition.ts'
import type { FigureScope } from './database/figure-scope.ts'
import type { Stores } from './database/stores.ts'
import type { SettingsBook } from './settings/book.ts'
import { callListSheet, ticketListSheet } from './indicators/list-sheets.ts'
import { callSheets, ticketSheets } from './indicators/sheet.ts'
import { type SheetFile, sheetFile } from './sheets/file.ts'

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

/** The telephone's figures, with whose calls alone are counted for whoever asks. */
export async function namedCallIndicators(
  parts: Parts,
  { entityId, from, to }: z.infer<typeof callIndicatorQuery>,
  viewer: Viewer,
): Promise<CallIndicators> {
  const scope = await figureScope(parts, entityId, viewer)
  const { entities } = parts.settings.values.entities
  return {
    ...(await parts.stores.indicators.calls({ from, to }, scope)),
    theirs: scope.theirs && { entities: pathsOf(entities, scope.theirs.entities) },
  }
}
const pathsOf = (entities: readonly Entity[], ids: readonly string[]): string[] =>
  ids.map((id) => entityPath(entities, id)).filter((name) => name !== '')

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
    entities: pathsOf(entities, scope.theirs.entities),
    groups: groups.flatMap(({ id, name }) => (scope.theirs?.groups.includes(id) ? [name] : [])),
  }
  return { ...counted, names, theirs }
}

/** One side of the indicators of a period, as a file for a spreadsheet. */
export async function indicatorFile(parts: Parts, query: IndicatorFileQuery, viewer: Viewer): Promise<SheetFile> {
  const { side, format, language, from, to } = query
  const sheets =
    side === 'calls'
      ? callSheets(await namedCallIndicators(parts, query, viewer), language)
      : ticketSheets(await namedTicketIndicators(parts, query, viewer), language)
  const stem = language === 'fr' ? (side === 'calls' ? 'telephone' : 'tickets') : side
  return sheetFile(sheets, { stem: `${language === 'fr' ? 'indicateurs' : 'indicators'}-${stem}-${from}-${to}`, format, language })
}

/** How many lines of a list a file holds. */
const mostLines = 10_000

/** The calls behind a figure, as a file for a spreadsheet. */
export async function callListFile(
  parts: Parts,
  { format, language, entityId, ...query }: z.output<typeof callListFileQuery>,
  { viewer, timeZone }: { readonly viewer: Viewer; readonly timeZone: string },
): Promise<SheetFile> {
  const { calls } = await parts.stores.indicators.callList(query, await figureScope(parts, entityId, viewer), mostLines)
  const stem = `${language === 'fr' ? 'appels' : 'calls'}-${query.from}-${query.to}`
  return sheetFile([callListSheet(calls, { language, timeZone })], { stem, format, language })
}

/** The tickets behind a figure, as a file for a spreadsheet. */
export async function ticketListFile(
  parts: Parts,
  { format, language, entityId, ...query }: z.output<typeof ticketListFileQuery>,
  { viewer, timeZone }: { readonly viewer: Viewer; readonly timeZone: string },
): Promise<SheetFile> {
  const { tickets } = await parts.stores.indicators.ticketList(query, await figureScope(parts, entityId, viewer), mostLines)
  const stem = `tickets-${query.from}-${query.to}`
  return sheetFile([ticketListSheet(tickets, { language, timeZone }, query.kind === 'refused')], { stem, format, language })
}
