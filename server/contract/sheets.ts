import { z } from 'zod'

/** As what a file for a spreadsheet is wanted, and in whose words. */
const sheetFormats = ['ods', 'xlsx', 'csv'] as const
export const sheetFormat = z.enum(sheetFormats)
export type SheetFormat = z.infer<typeof sheetFormat>
export const sheetQuery = { format: sheetFormat.default('xlsx'), language: z.enum(['fr', 'en']).default('fr') }
