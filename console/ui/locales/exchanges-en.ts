import type { exchangesFr } from './exchanges-fr.ts'

/** The texts of exchanges that keep the queue themselves, in English. */
export const exchangesEn: typeof exchangesFr = {
  intro:
    'An exchange that keeps the queue itself can tell the desk of its calls, as it would Zammad’s “generic CTI”: the operator concerned sees who calls and their open tickets, and opens one. These calls are not the desk’s: they are in no other figure.',
  failed: 'The list of exchanges could not be read',
  name: 'Name of the exchange',
  example: 'Main exchange',
  add: 'Add an exchange',
  secret: 'The address of {{name}}',
  secretHint:
    'The exchange sends newCall, answer and hangup there (POST, JSON or a form). It is shown only once: whoever knows it can announce calls.',
  copyAddress: 'Copy the address',
  none: 'No other exchange',
  noneText: 'Add the one that keeps the queue, if it is not the desk.',
  made: 'Added on {{when}} by {{who}}',
  neverSeen: 'Nothing heard yet',
  seen: 'Latest call told {{when}}',
  figures: 'Thirty days: {{in}} received, {{answered}} answered, {{missed}} missed, {{out}} made, {{ticketed}} with a ticket',
  revoke: 'Remove',
  revokeOf: 'Remove {{name}}',
  revoked: '{{name}} is removed: its address is worth nothing any more',
  notice: 'A call at another exchange',
  announce: '{{who}} is calling',
  states: { ringing: 'has been calling for {{clock}}', talking: 'on the line for {{clock}}', ended: 'has just hung up' },
  busy: 'on the telephone at the other exchange',
  open: 'Open a ticket',
  opened: 'Ticket no. {{number}}',
}
