import type { continuityFr } from './continuity-fr.ts'

/** The texts of the continuity sheet’s page, in English. */
export const continuityEn: typeof continuityFr = {
  heading: 'Continuity sheet',
  says: 'Every hour the calls owed, the open tickets and the useful numbers are put into an encrypted file, to be kept elsewhere or printed. It opens in any browser, without a network, with the password chosen here.',
  last: 'Last sheet: {{when}}',
  none: 'No sheet yet: an administrator chooses the password first.',
  problem: 'The last sheet could not be made, the one before stays: {{why}}',
  download: 'Download the sheet',
  password: 'Password of the sheets',
  passwordSays: 'At least {{count}} characters. It is kept nowhere: write it down where whoever is on duty will find it.',
  choose: 'Choose this password',
  chosen: 'Password chosen: the sheet has just been made again',
}
