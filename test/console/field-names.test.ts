import { expect, test } from 'vitest'
import type { z } from 'zod'
import { fieldNamesEn } from '../../console/ui/locales/field-names-en.ts'
import { fieldNamesFr } from '../../console/ui/locales/field-names-fr.ts'
import { mailingFr } from '../../console/ui/locales/mailing-fr.ts'
import { settingsSchemas } from '../../server/contract/settings.ts'

type Wrapped = {
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly def: { readonly innerType?: Wrapped; readonly in?: Wrapped }
}
const fieldsOf = (schema: Wrapped): readonly string[] => {
  const inner = schema.def.innerType ?? schema.def.in
  if (schema.shape !== undefined) return Object.keys(schema.shape)
  if (inner === undefined) throw new Error('Settings are objects.')
  return fieldsOf(inner)
}

test.each(Object.entries(settingsSchemas))('each setting of « %s » has a name where changes are listed', (domain, schema) => {
  const others: Readonly<Record<string, string>> = domain === 'mails' ? mailingFr.names : {}
  for (const names of [fieldNamesFr, fieldNamesEn]) {
    const known: Readonly<Record<string, string>> = { ...others, ...(names as Readonly<Record<string, Record<string, string>>>)[domain] }
    expect(fieldsOf(schema as unknown as Wrapped).filter((field) => (known[field] ?? '') === '')).toEqual([])
  }
})
