import { dutySettingsEn } from './duty-settings-en.ts'
import { talksEn } from './talks-en.ts'
import { sharedPageEn } from './shared-page-en.ts'
import { phoneEn } from './phone-en.ts'
import { clocksEn } from './clocks-en.ts'
import { disruptionsEn } from './disruptions-en.ts'
import { knowledgeEn } from './knowledge-en.ts'
import { peopleEn } from './people-en.ts'
import { rotaEn } from './rota-en.ts'
import { sortingEn } from './sorting-en.ts'
import { linesEn } from './lines-en.ts'
import { followUpEn } from './follow-up-en.ts'
import { accessEn } from './access-en.ts'
import { accountsEn } from './accounts-en.ts'
import { announcementsEn } from './announcements-en.ts'
import { bulkEn, viewsEn } from './bulk-en.ts'
import { configurationEn } from './configuration-en.ts'
import { continuityEn } from './continuity-en.ts'
import { entitiesEn } from './entities-en.ts'
import { fieldNamesEn } from './field-names-en.ts'
import { filesEn } from './files-en.ts'
import { groupsEn } from './groups-en.ts'
import { helpEn } from './help-en.ts'
import { indicatorsEn } from './indicators-en.ts'
import { keysEn } from './keys-en.ts'
import { lifeEn } from './life-en.ts'
import { linksEn } from './links-en.ts'
import { listsEn } from './lists-en.ts'
import { mailingEn } from './mailing-en.ts'
import { phrasesEn, scriptEn } from './phrases-en.ts'
import { fromPageEn } from './from-page-en.ts'
import { portalSettingsEn } from './portal-settings-en.ts'
import { privacyEn } from './privacy-en.ts'
import { settingsEn } from './settings-en.ts'
import { sharedCalendarEn } from './shared-calendar-en.ts'
import { glpiEn } from './glpi-en.ts'
import { remoteEn } from './remote-en.ts'
import { trainingEn } from './training-en.ts'
import { exchangesEn } from './exchanges-en.ts'
import { notYoursEn } from './not-yours-en.ts'
import { ocsEn } from './ocs-en.ts'
import { staffingEn } from './staffing-en.ts'
import { storyEn } from './story-en.ts'
import { wallEn } from './wall-en.ts'
import { workEn } from './work-en.ts'
import type { SameShape } from './en.ts'
import type { laterFr } from './later-fr.ts'

export const laterEn: SameShape<typeof laterFr> = {
  media: {
    phone: 'Telephone',
    form: 'Form',
    'walk-in': 'Front desk',
    level2: 'Level 2 directly',
    mail: 'Mail',
    message: 'Voice message',
  },
  indicators: indicatorsEn,
  sheets: { group: 'Download', as: 'Download as {{format}}' },
  continuity: continuityEn,
  sharedCalendar: sharedCalendarEn,
  glpi: glpiEn,
  ocs: ocsEn,
  notYours: notYoursEn,
  exchanges: exchangesEn,
  training: trainingEn,
  remote: remoteEn,
  life: lifeEn,
  mailing: mailingEn,
  lists: listsEn,
  files: filesEn,
  fromPage: fromPageEn,
  portalSettings: portalSettingsEn,
  phrases: phrasesEn,
  bulk: bulkEn,
  views: viewsEn,
  ownKeys: keysEn,
  help: helpEn,
  configuration: configurationEn,
  fieldNames: fieldNamesEn,
  announcements: announcementsEn,
  groups: groupsEn,
  entities: entitiesEn,
  links: linksEn,
  work: workEn,
  privacy: privacyEn,
  access: accessEn,
  wall: wallEn,
  staffing: staffingEn,
  story: storyEn,
  accounts: accountsEn,
  settings: settingsEn,
  disruptions: disruptionsEn,
  knowledge: knowledgeEn,
  people: peopleEn,
  rota: rotaEn,
  sorting: sortingEn,
  lines: linesEn,
  followUp: followUpEn,
  script: scriptEn,
  ticket: {
    back: 'Tickets',
    openedBy: 'Opened by {{who}}',
    closedAt: 'Closed on {{time}}',
    journal: 'History',
    cancel: 'Cancel',
    needed: 'Write a few words first.',
    request: 'Request',
    noSummary: 'No summary.',
    solution: 'Solution',
    details: 'Details',
    added: 'Added to the history',
    closed: 'Ticket closed',
    notFound: 'This ticket does not exist',
    notFoundText: 'Check the number, or look for it in the list.',
    none: 'Not specified',
    takeUp: 'Take up',
    nobody: 'Nobody follows this request yet.',
    nobodyText: 'Taking it up tells the requester your name.',
    copy: 'Copy the number',
  },
  mails: {
    heading: 'Mails',
    intro: 'Mails as the requester receives them. With no mail server configured, they stay here.',
    none: 'No mail',
    noneText: 'Save a ticket for somebody who has an address: the mail will show here.',
    to: 'To',
    states: { pending: 'to be sent', sending: 'being sent', sent: 'sent', failed: 'failed', uncertain: 'perhaps sent' },
    failed: 'The mails could not be read',
  },
  demo: {
    heading: 'Demonstration',
    intro: 'Choose who calls: a real call goes through the telephone server, and that person’s recorded voice speaks.',
    more: 'Show the {{count}} others',
    callers: 'Who is calling?',
    call: 'Call',
    placed: '{{who}} is calling the desk. Answer from the desk view.',
    unknownCaller: 'Unknown number',
    unknownCallerText: 'Not in the directory',
    hours: 'Opening hours',
    hoursText: 'In the demonstration the desk is open at any hour.',
    closed: 'Show the desk closed',
    closedText: 'Callers hear the closing message and can leave a message.',
    recordings: 'What each side heard',
    noRecordings: 'Place a call: what the caller and the operator heard can be played here.',
    caller: 'heard by the caller',
    operator: 'heard by the operator',
    nothing: { caller: 'Not recorded for this call.', operator: 'Nobody picked up, or the call is still going on.' },
    line: 'The desk’s line',
    lineText: 'Reachable from a SIP phone too.',
    toConsole: 'Open the console',
    absent: 'The demonstration is not open',
    absentText: 'This service runs for real: there are no sample calls here.',
    listen: '{{who}}, {{side}}',
  },
  signIn: {
    notHere: 'This console is the desk’s own',
    notHereText: 'Yours is a user’s account: the public page says how to reach the desk.',
    heading: 'Hello',
    intro: 'Sign in to join the desk.',
    login: 'Login',
    password: 'Password',
    submit: 'Sign in',
    needed: 'Give the login and the password.',
    demo: 'Demonstration accounts',
    demoText: 'One click is enough: everybody knows the password.',
    out: 'Sign out',
    public: 'Public page',
  },
  portal: {
    open: 'Open',
    closed: 'Closed',
    callNow: 'Call us',
    callText: 'Have your ticket’s number at hand if there is one.',
    closedText: 'You can leave a message: we will call you back.',
    phoneNone: 'The number is on the intranet.',
    form: 'In writing',
    formSoon: 'The online form is coming soon. Meanwhile the telephone is fastest.',
    formOpen: 'Fill in the form',
    formText: 'At any hour; you get a number to follow.',
    lead: 'A question, a breakdown, an access: one place for everything digital at the university.',
    console: 'Operators’ area',
    holidays: 'Except public holidays and university closures',
    tryDemo: 'Try the demonstration',
    hours: 'Hours',
  },
  owed: {
    heading: 'To call back',
    filter: 'Filter',
    open: 'To call back',
    settledTab: 'Settled',
    count_one: '{{count}} person',
    count_other: '{{count}} people',
    none: 'Nobody to call back',
    noneText: 'Messages, calls given up, cut short or out of hours: everybody who is owed an answer comes here, once.',
    noneSettled: 'Nothing settled yet',
    noneSettledText: 'People who were called back, and those who got through by themselves, are found here.',
    failed: 'The list could not be read',
    reason: {
      message: 'message of {{time}}',
      messageOnly: 'message',
      abandoned: 'hung up after waiting {{time}}',
      closed: 'called out of hours',
      cut: 'line lost after {{time}}',
      capped: 'cut short by the limit',
      slot: 'to be called within the half hour chosen, from',
      place: 'keeps a place in the queue',
    },
    before: 'by {{time}}',
    late: '{{time}} late',
    shut: {
      soon: 'Desk closed at that time: a mail is about to say so',
      told: 'Desk closed at that time: told by mail',
      unreachable: 'Desk closed at that time, no address: call before, or when reopening',
    },
    reopens: 'To be called when the desk reopens, from {{time}}',
    priority: 'Priority',
    listen: 'Message from {{who}}, {{time}}',
    ticket: 'Ticket n° {{number}}',
    makeTicket: 'Make it a pre-ticket',
    messageNoted: 'Their message is noted in ticket n° {{number}}',
    ticketMade: 'Pre-ticket n° {{number}} made',
    take: 'I’ll take it',
    takenBy: '{{who}} is on it',
    release: 'Give back',
    outcomeOf: 'Outcome of calling {{who}} back',
    outcome: {
      reached: 'Reached',
      'no-answer': 'No answer',
      busy: 'Busy',
      'wrong-number': 'Wrong number',
      later: 'Later…',
    },
    told: {
      reached: 'reached',
      'no-answer': 'no answer',
      busy: 'busy',
      'wrong-number': 'wrong number',
      later: 'call again {{time}}',
    },
    note: 'Note, optional',
    attempts_one: '{{count}} attempt',
    attempts_other: '{{count}} attempts',
    laterAt: 'Call again from',
    laterPast: 'Choose a moment to come.',
    postpone: 'Postpone',
    settled: '{{who}}: settled',
    how: {
      reached: 'Reached',
      'wrong-number': 'Wrong number',
      message: 'Message settled',
      'got-through': 'Got through by calling again',
      withdrawn: 'Cancelled by the person',
    },
    hintWalk: 'to walk through,',
    hintTake: 'to take one,',
    hintCall: 'to call back',
  },
  handMedia: {
    label: 'Came by: {{medium}}',
    choose: 'By what way',
    says: {
      'walk-in': 'Somebody who comes to the front desk',
      level2: 'Level 2 asked directly, past the desk',
      mail: 'A mail received in a personal mailbox',
    },
  },
  ending: {
    label: 'End without a new ticket',
    attach: 'Attach',
    attachTo: 'Add this call to the ticket',
    attached: 'Call added to ticket n° {{number}}',
    refuse: 'Not for us',
    refuseHeading: 'Not for us',
    refused: 'Refusal noted with the call',
    refuseDone: 'Note the refusal',
    refuseTransfer: 'Note it and transfer the call',
    nothing: 'Nothing to note',
    nothingWhy: 'Why? The word is kept with the call.',
    noted: 'Noted with the call',
    whys: { wrong: 'Wrong number', silent: 'Nobody at the other end', answered: 'A mere question, answered', test: 'Line test' },
    target: 'Who to turn to',
    noTargets: 'No destination is set up: an administrator adds them in the settings.',
    sayLabel: 'To say',
    language: 'In which language',
    languages: { fr: 'Français', en: 'English' },
    reason: 'Reason',
    usualReason: 'Outside what this desk deals with',
    answer: 'Answer',
    answerSent: '{{name}} gets it by mail.',
    answerFollowed: 'It is read on the request’s page.',
    answerSaid: 'What the person was told: it stays on the ticket.',
    closed: 'Ticket closed, not for us',
  },
  voice: {
    play: 'Listen',
    pause: 'Pause',
    position: 'Position in the message',
    speed: 'Speed: {{speed}} times',
    download: 'Download',
    notYours: 'Only the desk listens to messages.',
    noTranscription: 'Transcription is off',
    transcribing: 'Being transcribed',
    read: 'Read the transcription',
    readBy: 'Transcribed by {{by}}: may hold mistakes.',
    nobody: 'Nobody has listened to it yet.',
    listened: 'Listened to by {{list}}',
    how: { heard: '{{who}}, {{time}}', downloaded: '{{who}}, {{time}}, downloaded' },
  },
  draft: {
    theirs: '{{who}} wrote this form at {{time}}, while you were writing it.',
    takeTheirs: 'Take theirs',
    keepMine: 'Keep mine',
    over: 'This call got its ticket from another computer. Your text is kept here.',
    drop: 'Drop my text',
  },
  role: {
    operator: 'Desk',
    supervisor: 'Supervision',
    administrator: 'Administration',
    level2: 'Level 2',
    referent: 'Local contact',
    user: 'User',
  },
  context: {
    alike: 'Maybe the same',
    heading: 'Their tickets',
    open: 'Their open tickets',
    recent: 'Recent tickets',
    noneOpen: 'No open ticket.',
    noneRecent: 'No ticket closed recently.',
    unknown: 'Choose the requester to see their tickets.',
    latest: 'The desk’s latest tickets',
    noneAtAll: 'No ticket yet.',
  },
  clocks: clocksEn,
  phone: phoneEn,
  sharedPage: sharedPageEn,
  talks: talksEn,
  ...dutySettingsEn,
}
