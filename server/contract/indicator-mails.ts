import { z } from 'zod'
import { moment } from './entities.ts'

/** Indicators sent by mail: yesterday's each day, last week's on Mondays, last month's on the first. */
export const indicatorMailSettings = z.object({
  name: z.string().trim().min(1).max(80),
  every: z.enum(['day', 'week', 'month']),
  /** Of the desk's own day, from which on it is sent. */
  hour: z.int().min(0).max(23),
  addresses: z.array(z.email().max(254)).min(1).max(20),
  language: z.enum(['fr', 'en']).default('fr'),
  paused: z.boolean().default(false),
  /** Of that entity alone, and all below it; null: of the whole, which those who are held to entities may not send. */
  entityId: z.string().max(100).nullable().default(null),
})
export type IndicatorMailSettings = z.output<typeof indicatorMailSettings>

export const indicatorMail = indicatorMailSettings.extend({
  id: z.uuid(),
  nextAt: moment,
  lastAt: moment.nullable(),
  by: z.string(),
})
export type IndicatorMail = z.infer<typeof indicatorMail>
export const indicatorMailList = z.array(indicatorMail)
