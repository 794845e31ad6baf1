import type { Sheet as ExcelSheet, SheetData } from 'write-excel-file/node'
import type { Cell, Sheet } from '../indicators/sheet.ts'
import { columnWidths, sheetName } from './layout.ts'

const formats = { count: '#,##0', share: '0.0%', seconds: '#,##0.0', day: 'dd/mm/yyyy', moment: 'dd/mm/yyyy hh:mm' } as const

/** Sheets as Excel reads them. Loaded when it is first asked for: few ever are. */
export async function xlsxOf(sheets: readonly Sheet[]): Promise<Buffer> {
  const { default: writeExcelFile } = await import('write-excel-file/node')
  return writeExcelFile(sheets.map((sheet) => excelSheet(sheet))).toBuffer()
}

function excelSheet(sheet: Sheet): ExcelSheet<Buffer> {
  const cell = ({ value, unit, head, date }: Cell) => {
    if (value === null) return null
    if (typeof value === 'number') return { type: Number, value, format: formats[unit ?? 'count'] }
    // Excel knows no zone: what it shows is the wall time as it is written.
    if (date !== undefined)
      return { type: Date, value: new Date(date === 'day' ? `${value}T00:00:00Z` : `${value}Z`), format: formats[date] }
    return head === true
      ? { type: String, value, fontWeight: 'bold' as const, wrap: true, backgroundColor: '#E7ECF3' }
      : { type: String, value }
  }
  const data: SheetData = sheet.rows.map((row) => row.map(cell))
  return { data, sheet: sheetName(sheet.name), columns: columnWidths(sheet).map((width) => ({ width })), stickyRowsCount: 1 }
}
