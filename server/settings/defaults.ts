import type { Config } from '../config.ts'
import { partitionSettings } from '../contract/partition.ts'
import { portalSettings } from '../contract/portal.ts'
import { knowledgeSettings } from '../contract/articles.ts'
import { sharedCalendarSettings } from '../contract/shared-calendar.ts'
import { glpiSettings } from '../contract/glpi.ts'
import { ocsSettings } from '../contract/ocs.ts'
import { retentionSettings } from '../contract/privacy.ts'
import { mailSettings } from '../contract/mail-templates.ts'
import { clockSettings } from '../contract/clocks.ts'
import { phraseSettings } from '../contract/phrases.ts'
import { scriptSettings } from '../contract/script.ts'
import {
  categorySettings,
  deskSettings,
  directorySettings,
  followUpSettings,
  hoursSettings,
  linesSettings,
  outgoingSettings,
  redirectionSettings,
  signInSettings,
  ticketSettings,
  type SettingsValues,
} from '../contract/settings.ts'

/** What holds until somebody saves. @param environment what the service was started with */
export function defaultSettings({
  limitMinutes,
  demo,
  ldap = null,
}: Pick<Config, 'limitMinutes' | 'demo'> & { readonly ldap?: Config['ldap'] }): SettingsValues {
  return {
    hours: hoursSettings.parse({ alwaysOpen: demo }),
    desk: deskSettings.parse({ limitMinutes }),
    outgoing: outgoingSettings.parse(
      demo ? { targets: [{ name: 'Standard de l’université', number: '05 61 55 66 11', email: null }] } : {},
    ),
    followUp: followUpSettings.parse({}),
    tickets: ticketSettings.parse({}),
    lines: linesSettings.parse({}),
    directory: directorySettings.parse(ldap?.attributes ?? {}),
    signIn: signInSettings.parse({}),
    categories: categorySettings.parse({}),
    redirection: redirectionSettings.parse({}),
    retention: retentionSettings.parse({}),
    mails: mailSettings.parse({}),
    clocks: clockSettings.parse({}),
    phrases: phraseSettings.parse({}),
    script: scriptSettings.parse({}),
    portal: portalSettings.parse({}),
    entities: partitionSettings.parse({}),
    knowledge: knowledgeSettings.parse({}),
    sharedCalendar: sharedCalendarSettings.parse({}),
    glpi: glpiSettings.parse({}),
    ocs: ocsSettings.parse({}),
  }
}
