import type { FieldChange } from '../contract/configuration.ts'

const isNested = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

/** A list's rows are told apart by their ids where they have them, so that one row more is one row more. */
const entries = (value: Readonly<Record<string, unknown>>): Map<string, unknown> =>
  new Map(
    Array.isArray(value)
      ? value.map((row: unknown, i) => [isNested(row) && typeof row['id'] === 'string' ? row['id'] : String(i + 1), row] as const)
      : Object.entries(value),
  )
const isPlainList = (value: unknown): boolean => Array.isArray(value) && value.every((one) => !isNested(one))

/** @returns what differs from one value to another, field by field, in the order of the fields */
export function differences(before: unknown, after: unknown, field = ''): readonly FieldChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  if (!isNested(before) || !isNested(after) || isPlainList(before) || isPlainList(after))
    return [{ field, before: before ?? null, after: after ?? null }]
  const [was, is] = [entries(before), entries(after)]
  const names = new Set([...was.keys(), ...is.keys()])
  const found = [...names].flatMap((name) => differences(was.get(name), is.get(name), field === '' ? name : `${field}.${name}`))
  if (found.length > 0 || !Array.isArray(before)) return found
  const [rows, rowsNow] = [[...was.keys()], [...is.keys()]]
  return rows.join() === rowsNow.join() ? [] : [{ field, before: rows, after: rowsNow }]
}
