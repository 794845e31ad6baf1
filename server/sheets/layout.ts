import type { Sheet } from '../indicators/sheet.ts'

/** What spreadsheets take for a sheet's name: no longer than this, nor with these signs in it. */
export const sheetName = (name: string): string => name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31)

/** How wide each column is, in letters. */
export const columnWidths = ({ rows }: Sheet): readonly number[] =>
  Array.from({ length: Math.max(0, ...rows.map((row) => row.length)) }, (_, column) =>
    rows.slice(1).reduce((widest, row) => Math.max(widest, Math.min(90, String(row[column]?.value ?? '').length + 2)), 12),
  )
