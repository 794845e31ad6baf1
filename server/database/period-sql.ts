import { type SQL, sql } from 'drizzle-orm'
import type { Period } from '../contract/indicators.ts'

/** The moment at which a day begins in the desk's time. */
const start = (day: string, zone: string): SQL => sql`(${day}::date::timestamp at time zone ${zone})`
export const end = (day: string, zone: string): SQL => sql`((${day}::date + 1)::timestamp at time zone ${zone})`
export const within = (column: SQL, { from, to }: Period, zone: string): SQL =>
  sql`${column} >= ${start(from, zone)} and ${column} < ${end(to, zone)}`

export type Step = 'day' | 'week' | 'month'
export const shownDay = (column: SQL): SQL => sql`to_char(${column}, 'YYYY-MM-DD')`
