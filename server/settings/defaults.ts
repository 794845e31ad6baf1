import {
  deskSettings,
  followUpSettings,
  hoursSettings,
  linesSettings,
  outgoingSettings,
  ticketSettings,
  type SettingsValues,
} from '../contract/settings.ts'

/** What holds until somebody saves. @param environment what the service was started with */
export function defaultSettings({ limitMinutes, demo }: { readonly limitMinutes: number; readonly demo: boolean }): SettingsValues {
  return {
    hours: hoursSettings.parse({ alwaysOpen: demo }),
    desk: deskSettings.parse({ limitMinutes }),
    outgoing: outgoingSettings.parse(
      demo ? { targets: [{ name: 'Standard de l’université', number: '05 61 55 66 11', email: null }] } : {},
    ),
    followUp: followUpSettings.parse({}),
    tickets: ticketSettings.parse({}),
    lines: linesSettings.parse({}),
  }
}
