import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SettingsDomain, SettingsView } from '../../server/contract/settings.ts'
import { settingsQuery, saveSettings } from '../api/settings.ts'
import { errorText } from '../api/error-text.ts'

type Value<D extends SettingsDomain> = SettingsView[D]['value']
type Edited<D extends SettingsDomain> = { readonly version: number; readonly changed: Partial<Value<D>> }

/** One domain being edited: the fields typed in are kept until they are saved or taken back, whatever is saved elsewhere; the others follow. */
export type Editing<D extends SettingsDomain> = {
  readonly domain: D
  readonly value: Value<D>
  /** What holds now, whatever is typed. */
  readonly inForce: Value<D>
  readonly dirty: boolean
  /** Who saved another version since the one edited from; null when nobody did. */
  readonly overtakenBy: string | null
  readonly saving: boolean
  /** What was typed last is in force; until something is typed again. */
  readonly saved: boolean
  readonly failure: string | null
  readonly edit: (change: Partial<Value<D>>) => void
  /** Back to what is in force. */
  readonly discard: () => void
  /** Edit on from what is in force now, keeping what is typed. */
  readonly keepMine: () => void
  readonly save: () => void
}

/** Where a version goes: the fields that were changed, and the whole as it would be. */
type Put<D extends SettingsDomain> = (version: number, changed: Partial<Value<D>>, whole: Value<D>) => Promise<void>

/** Null until the settings have been read. @param put where to, when it is not the domain itself that is saved */
export function useSettings<D extends SettingsDomain>(domain: D, put?: Put<D>): Editing<D> | null {
  const inForce = useQuery(settingsQuery).data?.[domain]
  const [edited, setEdited] = useState<Edited<D> | null>(null)
  const [saving, setSaving] = useState(false)
  const [saved, setSaved] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  if (inForce === undefined) return null
  const { version, value, by } = inForce
  const start: Edited<D> = edited ?? { version, changed: {} }

  async function save(): Promise<void> {
    setSaving(true)
    setFailure(null)
    try {
      if (put === undefined) await saveSettings(domain, { version: start.version, value: start.changed })
      else await put(start.version, start.changed, { ...value, ...start.changed })
      setEdited(null)
      setSaved(true)
    } catch (error) {
      setFailure(errorText(error))
    } finally {
      setSaving(false)
    }
  }
  return {
    domain,
    value: { ...value, ...start.changed },
    inForce: value,
    dirty: edited !== null,
    overtakenBy: edited !== null && edited.version !== version ? (by ?? '') : null,
    saving,
    saved: saved && edited === null,
    failure,
    edit: (change) => {
      setSaved(false)
      setEdited({ ...start, changed: { ...start.changed, ...change } })
    },
    discard: () => {
      setEdited(null)
      setFailure(null)
    },
    keepMine: () => setEdited({ ...start, version }),
    save: () => void save(),
  }
}
