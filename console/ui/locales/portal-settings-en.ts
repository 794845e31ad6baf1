import type { portalSettingsFr } from './portal-settings-fr.ts'

/** The texts of the settings of the users' side, in English. */
export const portalSettingsEn: typeof portalSettingsFr = {
  form: 'Form',
  guests: 'Accept requests without an account',
  guestsSays: 'They wait under “To confirm” until the address is confirmed, or an operator accepts them.',
  qualifications: 'What is it about?',
  qualificationsSays: 'One choice a line, in the users’ words. Nothing to do with the operators’ categories.',
  callbacks: 'Calls back chosen for each half hour',
  callbacksSays: 'How many people may ask to be called at one time; 0: it is not offered.',
  callbacksUnit: 'at most',
  home: 'Home page and frames',
  relay: 'Telephone relay service',
  relaySays: 'Address for deaf and hard of hearing people.',
  links: 'Useful links',
  linksSays: 'One link a line: its name, then its address.',
  frames: 'Sites that may show it in a frame',
  framesSays: 'One origin a line, such as https://ent.univ.example; the pages /embed and /embed/bandeau show there.',
  framesWrong: 'An origin is written https://name, with nothing after it.',
  addressWrong: 'An address begins with https:// or http://, a tool’s with its own name (anydesk:…).',
  remote: 'Remote control',
  remoteSide: { caller: 'Address for the caller', operator: 'Address for the operator' },
  remoteSays: 'That of the tool in place; {{code}} becomes the session’s name. Without an address for the caller nothing is offered.',
}
