import { journalFr } from '../../../server/contract/words-fr.ts'

/** The texts of remote control, in French. */
export const remoteFr = {
  heading: 'Prise en main à distance',
  machine: 'Machine',
  noMachine: 'Sans préciser',
  start: 'Prendre la main',
  end: 'Terminer',
  reopen: 'Rouvrir l’outil',
  since: 'en cours depuis {{time}}, {{by}}',
  noted: 'Le début et la fin sont notés sur le ticket.',
  journal: journalFr.remote,
}
