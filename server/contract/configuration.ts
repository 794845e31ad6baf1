import { z } from 'zod'
import { moment } from './entities.ts'
import { settingsDomain } from './settings.ts'

export const configurationFormat = 'guichet-unique/configuration'

/** The whole of « Réglages » in one file. It holds no secret: keys, walls' addresses, passwords and sounds are not settings. */
export const configuration = z.object({
  format: z.literal(configurationFormat),
  /** Of the file's form. */
  version: z.literal(1),
  /** Whose it is, when and by whom it was taken. */
  desk: z.string().max(200),
  at: moment,
  by: z.string().max(200),
  settings: z.record(z.string(), z.record(z.string(), z.unknown())),
})
export type Configuration = z.infer<typeof configuration>

/** One field that differs: `week.1.0.from`. A side that has no such field is null. */
const fieldChange = z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })
export type FieldChange = z.infer<typeof fieldChange>
const domainChange = z.object({ domain: settingsDomain, fields: z.array(fieldChange) })
export type DomainChange = z.infer<typeof domainChange>

/** What a file would change, against these versions; or what makes it unusable, and nothing of it is taken then. */
export const configurationPreview = z.object({
  desk: z.string(),
  at: moment,
  by: z.string(),
  changes: z.array(domainChange),
  problems: z.array(z.object({ domain: z.string(), field: z.string() })),
  versions: z.record(z.string(), z.int()),
})
export type ConfigurationPreview = z.infer<typeof configurationPreview>

/** `versions` are those that were previewed against: when one has moved on, the answer is `conflict`. */
export const configurationImport = z.object({ file: configuration, versions: z.record(z.string(), z.int()) })

/** Every change to any setting, the newest first; those of one import share their moment. */
export const configurationHistory = z.array(
  z.object({
    domain: settingsDomain,
    version: z.int(),
    by: z.string(),
    at: moment,
    inForce: z.boolean(),
    changed: z.array(fieldChange),
  }),
)
export type ConfigurationHistory = z.infer<typeof configurationHistory>
