import type { fr } from './fr.ts'

type SameShape<T> = { [K in keyof T]: T[K] extends string ? string : SameShape<T[K]> }

/** Every text of the console, in English. */
export const en: SameShape<typeof fr> = {
  name: { long: 'Guichet unique du Numérique', short: 'Guichet unique', rest: 'IT service desk' },
  nav: {
    label: 'Main', desk: 'Desk', tickets: 'Tickets', messages: 'To call back', mails: 'Mails', demo: 'Demonstration',
    skip: 'Skip to content', owed_one: '{{count}} call without a ticket', owed_other: '{{count}} calls without a ticket',
  },
  state: {
    label: 'My state', offline: 'Offline', ready: 'Ready', ringing: 'Incoming call', talking: 'On a call', 'wrap-up': 'Wrap-up', paused: 'Paused',
    goReady: 'I am ready', goOffline: 'Leave the desk', pauseFor: 'Pause', missed: 'missed call',
    missedSays: 'A call was not answered, so the desk paused you. Come back when you like.',
    reasons: { break: 'Break', lunch: 'Lunch', frontDesk: 'At the front desk', meeting: 'Meeting', other: 'Other work' },
    readySays: 'Calls ring at your phone', offlineSays: 'No more calls are offered to you',
  },
  strip: {
    waiting: 'waiting', oldest: 'longest', ready: 'ready',
    closed: 'Desk closed',
  },
  link: {
    connecting: 'Connecting to the desk…', lost: 'Connection lost. This is how things stood at {{time}}; reconnecting. What you typed is kept.',
    telephony: 'The telephone server does not answer: calls resume by themselves once it is back.',
  },
  call: {
    heading: 'My call', incoming: 'Incoming call', inCall: 'On a call', ringsFor: 'ringing for {{time}}', waited: 'waited {{time}}',
    from: 'Calls from', email: 'E-mail', place: 'Place', unit: 'Unit', unknown: 'Number not in the directory', several_one: '{{count}} person at this number', several_other: '{{count}} people at this number',
    answer: 'Answer', decline: 'Decline', finish: 'Hang up', limit: 'limit {{time}}', limitNear: 'Limit soon', limitIn: '{{time}} left',
    noneReady: 'Waiting for the next call', noneReadyText: 'The ticket opens by itself, already filled in, before the phone rings.',
    nonePaused: 'You are paused', nonePausedText: 'No call rings at your phone.',
    noneOffline: 'You are offline', noneOfflineText: 'Join the desk to receive calls.',
    noneWrapUp: 'Call ended', noneWrapUpText: 'Finish the ticket, then say that you are ready.', wrapUpDone: 'Its ticket is saved.',
    noneWatching: 'You are watching the desk', noneWatchingText: 'This account takes no calls.',
    announce: 'Incoming call: {{who}}', announceAnswered: 'On a call with {{who}}', announceEnded: 'Call ended', title: '☎ {{who}} is calling', withheld: 'number withheld',
    mute: 'Mute the ringing', unmute: 'Unmute the ringing',
    failed: 'The command did not go through',
  },
  queue: {
    heading: 'Queue', none: 'Nobody is waiting.', offered: 'ringing at {{name}}’s', offeredMe: 'ringing at yours', unknown: 'not in the directory', leavingMessage: 'leaving a message',
    position: 'Position {{n}}',
  },
  team: { heading: 'The team', with: 'with {{who}}' },
  affiliation: { staff: 'Staff', student: 'Student', hosted: 'Hosted', unknown: 'User' },
  form: {
    heading: 'New ticket', edited: 'Draft · {{time}}', phone: 'Telephone', walkIn: 'Front desk', title: 'Title', titlePlaceholder: 'The request in a few words', titleNeeded: 'Give a title: the requester will read it in the mail.',
    summary: 'What the requester says', summaryPlaceholder: 'Since when, where, what was already tried…', nature: 'Nature', natureNone: 'To be specified', urgency: 'Urgency', urgencies: { low: 'Low', normal: 'Normal', high: 'High' },
    medium: 'By', solution: 'Solution given', solutionHint: 'optional: closes the ticket', solutionPlaceholder: 'What was done, in a sentence…', solutionNeeded: 'Say in a sentence what was done.',
    requester: 'Requester', name: 'Name', namePlaceholder: 'Search or type a name', email: 'E-mail', emailNone: 'unknown', emailWrong: 'This address is not complete.', phoneNumber: 'Telephone',
    whoCalls: 'Who is calling?', save: 'Save', saveAndClose: 'Save and close', solved: 'Solved', discard: 'Clear', discarded: 'Draft cleared',
    saved: 'Ticket no. {{number}} saved', savedClosed: 'Ticket no. {{number}} saved and closed', savedText: 'The requester receives the confirmation by mail.', savedNoMail: 'No known address: give the number by voice.', see: 'Open the ticket', dictate: 'To give to the requester:',
    failed: 'Nothing was saved, what you typed is kept.', owedHeading_one: '{{count}} call awaits its ticket', owedHeading_other: '{{count}} calls await their tickets', owedFrom: '{{who}}, {{time}}', afterCall: 'Call ended: ticket to be saved',
    emptyHeading: 'No call at the moment', emptyReady: 'The next call opens its ticket here, identity already filled in.', emptyPaused: 'You receive no calls: come back when you are ready.', newTicket: 'New ticket', backToReady: 'I am ready',
    directory: 'Directory', keepTyping: 'Not in the directory: the name is kept as typed.',
  },
  context: {
    heading: 'Their tickets', open: 'Their open tickets', recent: 'Recent tickets', noneOpen: 'No open ticket.', noneRecent: 'No ticket closed recently.',
    nobody: 'The caller’s tickets will show here.', unknown: 'Choose the requester to see their tickets.', latest: 'The desk’s latest tickets', noneAtAll: 'No ticket yet.',
  },
  tickets: {
    heading: 'Tickets', search: 'Search a word, a name, a number', filter: 'Filter', open: 'Open', closed: 'Closed', all: 'All', total_one: '{{count}} ticket', total_other: '{{count}} tickets',
    none: 'No open ticket', noneText: 'Everything is dealt with. A new call will open the next one.', noneFound: 'No ticket matches', noneFoundText: 'Try another word, or search the closed tickets too.', searchAll: 'Search everywhere', more: 'Show more',
    number: 'No.', title: 'Title', requester: 'Requester', opened: 'Opened', state: 'Status', urgency: 'Urgency', hint: 'to move, {{enter}} to open',
    status: { 'pre-ticket': 'Pre-ticket', new: 'New', 'in-progress': 'In progress', closed: 'Closed' },
    media: { phone: 'Telephone', form: 'Form', 'walk-in': 'Front desk', mail: 'Mail', message: 'Voice message' },
    failed: 'The tickets could not be read', retry: 'Try again', noName: 'No name',
  },
  ticket: {
    back: 'Tickets', openedBy: 'Opened by {{who}}', closedAt: 'Closed on {{time}}', journal: 'History', kinds: { opened: 'opened the ticket', contribution: 'wrote', closed: 'closed the ticket', mail: 'Mail sent' },
    add: 'Add to the history', addPlaceholder: 'Something new, a call, a step…', send: 'Add', close: 'Close with a solution', closeShort: 'Close', solutionPlaceholder: 'What was done: the requester will read it.', cancel: 'Cancel', needed: 'Write a few words first.',
    request: 'Request', noSummary: 'No summary.', solution: 'Solution', details: 'Details', added: 'Added to the history', closed: 'Ticket closed', notFound: 'This ticket does not exist', notFoundText: 'Check the number, or look for it in the list.', none: 'Not specified', copy: 'Copy the number', copied: 'Number copied',
  },
  messages: {
    heading: 'To call back', count_one: '{{count}} message to deal with', count_other: '{{count}} messages to deal with', none: 'Nobody to call back', noneText: 'Messages left by callers arrive here, with their sound and number.',
    settle: 'Done', settled: 'Message settled', undo: 'Undo', settledHeading: 'Settled', settledBy: 'Settled by {{who}}, {{time}}', listen: 'Message from {{who}}', newTicket: 'Open a ticket', duration: 'length {{time}}', failed: 'The messages could not be read', soundFailed: 'The sound could not be read.',
  },
  mails: {
    heading: 'Mails', intro: 'Mails as the requester receives them. With no mail server configured, they stay here.', none: 'No mail', noneText: 'Save a ticket for somebody who has an address: the mail will show here.', to: 'To', subject: 'Subject',
    states: { pending: 'to be sent', sending: 'being sent', sent: 'sent', failed: 'failed', uncertain: 'perhaps sent' }, failed: 'The mails could not be read', pick: 'Choose a mail to read it.',
  },
  demo: {
    heading: 'Demonstration', intro: 'Choose who calls: a real call goes through the telephone server, and that person’s recorded voice speaks.', callers: 'Who is calling?', call: 'Call', calling: 'Placing the call…', placed: '{{who}} is calling the desk. Answer from the desk view.', unknownCaller: 'Unknown number', unknownCallerText: 'Not in the directory', withheldCaller: 'Withheld number', withheldCallerText: 'The caller hides the number',
    hours: 'Opening hours', hoursText: 'In the demonstration the desk is open at any hour.', closed: 'Show the desk closed', closedText: 'Callers hear the closing message and can leave a message.',
    recordings: 'What each side heard', noRecordings: 'Place a call: what the caller and the operator heard can be played here.', caller: 'heard by the caller', operator: 'heard by the operator', line: 'The desk’s line', lineText: 'Reachable from a SIP phone too.', toConsole: 'Open the console', absent: 'The demonstration is not open', absentText: 'This service runs for real: there are no sample calls here.', listen: '{{who}}, {{side}}',
  },
  signIn: {
    heading: 'Hello', intro: 'Sign in to join the desk.', login: 'Login', password: 'Password', submit: 'Sign in', needed: 'Give the login and the password.', demo: 'Demonstration accounts', demoText: 'One click is enough: everybody knows the password.', out: 'Sign out', public: 'Public page',
  },
  role: { operator: 'Desk', supervisor: 'Supervision', administrator: 'Administration', level2: 'Level 2' },
  portal: {
    open: 'Open', closed: 'Closed', callNow: 'Call us', callText: 'Have your ticket’s number at hand if there is one.', closedText: 'You can leave a message: we will call you back.', phoneNone: 'The number is on the intranet.', form: 'In writing', formSoon: 'The online form is coming soon. Meanwhile the telephone is fastest.', formOpen: 'Fill in the form', formText: 'At any hour; you get a number to follow.', lead: 'A question, a breakdown, an access: one place for everything digital at the university.', console: 'Operators’ area', weekdays: 'Monday to Friday, 8:30 – 16:30', holidays: 'Except public holidays and university closures', tryDemo: 'Try the demonstration', hours: 'Hours',
  },
  palette: {
    open: 'Person, number, action…', label: 'Search a person, a ticket, an action', people: 'People', tickets: 'Tickets', actions: 'Actions', none: 'Nothing matches. Try a name, a ticket number or a word of the title.', newFor: 'New ticket for {{who}}', goTo: 'Go to {{where}}', dark: 'Switch to dark', light: 'Switch to light', english: 'English', french: 'Français',
  },
  keys: {
    heading: 'Keyboard shortcuts', intro: 'Single keys act outside text fields.', toggle: 'Single keys on', close: 'Close', answer: 'Answer the call', decline: 'Decline the call', finish: 'Hang up', ready: 'Ready / paused', newTicket: 'New ticket', search: 'Search', mute: 'Mute or unmute the ringing', help: 'This help', save: 'Save the ticket', solved: 'Solved: save and close', palette: 'Command palette', walk: 'Move through a list', open: 'Open',
    ctrl: 'Ctrl', enter: 'Enter', shift: 'Shift', title: 'Go to the ticket’s title',
  },
  menu: { label: 'My account', light: 'Light', dark: 'Dark', auto: 'As the computer', scheme: 'Appearance', language: 'Language', shortcuts: 'Keyboard shortcuts' },
  error: { unexpected: 'Something did not work. Reload the page if it lasts.', unreachable: 'The service does not answer: check the network, then try again.', page: 'This page does not exist', pageText: 'The address may have changed.', home: 'Back to the front page', reload: 'Reload', heading: 'Something went wrong' },
  time: { yesterday: 'yesterday' },
}
