import type { remoteFr } from './remote-fr.ts'

/** The texts of remote control, in English. */
export const remoteEn: typeof remoteFr = {
  heading: 'Remote control',
  machine: 'Machine',
  noMachine: 'Not said',
  start: 'Take control',
  end: 'End it',
  reopen: 'Open the tool again',
  since: 'since {{time}}, {{by}}',
  noted: 'Its beginning and end are noted on the ticket.',
  journal: {
    started: 'took control from afar{{machine}}',
    ended: 'ended the remote control{{machine}}, after {{minutes}} min',
  },
}
