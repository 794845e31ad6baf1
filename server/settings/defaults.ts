import type { Config } from '../config.ts'
import { eachDomain, type SettingsDomain, settingsSchemas, type SettingsValues } from '../contract/settings.ts'

const switchboard = { name: 'Standard de l’université', number: '05 61 55 66 11', email: null }

/** What holds until somebody saves. @param environment what the service was started with */
export function defaultSettings({
  limitMinutes,
  demo,
  ldap = null,
}: Pick<Config, 'limitMinutes' | 'demo'> & { readonly ldap?: Config['ldap'] }): SettingsValues {
  const own: { readonly [D in SettingsDomain]?: Partial<SettingsValues[D]> } = {
    hours: { alwaysOpen: demo },
    desk: { limitMinutes },
    ...(demo && { outgoing: { targets: [switchboard] } }),
    directory: ldap?.attributes ?? {},
  }
  return eachDomain((domain) => settingsSchemas[domain].parse(own[domain] ?? {})) as SettingsValues
}
