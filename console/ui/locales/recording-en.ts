import type { recordingFr } from './recording-fr.ts'

/** The texts of recorded conversations, in English. */
export const recordingEn: typeof recordingFr = {
  mode: 'Record conversations',
  modeSays: 'Caller and operator are told before anything is kept',
  modes: { off: 'Never', 'on-demand': 'When the operator asks', always: 'Always' },
  days: 'Keep recorded conversations',
  daysSays: 'Then the sound and its entry are removed by themselves',
  daysUnit: 'days',
  start: 'Record',
  pause: 'Pause',
  resume: 'Go on',
  cancel: 'Stop recording',
  band: { announcing: 'Recording is being announced', on: 'Conversation recorded', paused: 'Recording paused' },
  bandSays: {
    announcing: 'Nothing is kept yet',
    on: 'Pause it before a password',
    paused: 'What is said is not kept',
  },
  announce: {
    announcing: 'Recording is being announced',
    on: 'The conversation is recorded',
    paused: 'Recording is paused',
    off: 'The conversation is no longer recorded',
  },
  heading: 'Recorded conversations',
  label: 'Conversation of {{time}}',
  removed: 'Removed on {{day}}',
  notYours: 'A conversation of {{length}}. Only a supervisor can listen.',
}
