import { z } from 'zod'
import { oneKey, shortcutKeys, type ShortcutKey } from './shortcut-keys.ts'

const ownKeys = z.partialRecord(z.enum(shortcutKeys as [ShortcutKey, ...ShortcutKey[]]), z.string().regex(oneKey).nullable())

export const preferences = z.object({
  keys: ownKeys.default({}),
  /** Whether single keys do anything. */
  singleKeys: z.boolean().default(true),
  /** Whether the tour of the first day was taken, or declined. */
  tourDone: z.boolean().default(false),
})
export type Preferences = z.infer<typeof preferences>

/** What is left out stays. */
export const preferencesChange = z.object({
  keys: ownKeys.optional(),
  singleKeys: z.boolean().optional(),
  tourDone: z.boolean().optional(),
})
export type PreferencesChange = z.infer<typeof preferencesChange>
