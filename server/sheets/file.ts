import type { SheetFormat } from '../contract/sheets.ts'
import { csvOfSheets, type Sheet, type SheetLanguage } from '../indicators/sheet.ts'
import { xlsxOf } from './xlsx.ts'

export type SheetFile = { readonly name: string; readonly type: string; readonly content: Buffer }

/** Sheets as a file for a spreadsheet. @param stem the file's name without what says its kind */
export async function sheetFile(
  sheets: readonly Sheet[],
  { stem, format, language }: { readonly stem: string; readonly format: SheetFormat; readonly language: SheetLanguage },
): Promise<SheetFile> {
  const name = `${stem}.${format}`
  switch (format) {
    case 'csv':
      return { name, type: 'text/csv; charset=utf-8', content: Buffer.from(csvOfSheets(sheets, language)) }
    case 'xlsx':
      return { name, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content: await xlsxOf(sheets) }
    case 'ods': {
      const { odsOf } = await import('./ods.ts')
      return { name, type: 'application/vnd.oasis.opendocument.spreadsheet', content: await odsOf(sheets, language) }
    }
    default:
      return format satisfies never
  }
}
