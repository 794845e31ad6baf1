import type { Logger } from 'pino'
import type { Spoken, Wording } from '../calls/announcements.ts'
import type { Config } from '../config.ts'
import { signing } from '../contract/desk-itself.ts'
import type { Ticket } from '../contract/entities.ts'
import type { Stores } from '../database/stores.ts'
import type { NumberIndex } from '../directory/number-index.ts'
import { Disruptions } from '../engine/disruptions.ts'
import { wordsForSubscribers } from '../portal/disruption-pages.ts'
import type { SettingsBook } from '../settings/book.ts'
import { ownWords } from '../settings/line-now.ts'
import { OwnSounds } from '../settings/own-sounds.ts'
import { Announcements } from '../sounds/announcements.ts'
import { type SoundPlaces, Sounds } from '../sounds/sounds.ts'
import type { Links } from './links.ts'

type Parts = {
  readonly config: Pick<Config, 'varDir' | 'publicUrl' | 'timeZone'>
  readonly sounds: { readonly places: SoundPlaces; readonly voices: readonly Spoken[] }
  readonly wording: Wording
  readonly settings: SettingsBook
  readonly stores: Stores
  readonly index: NumberIndex
  readonly links: Links
  readonly onAnnouncements: () => void
  readonly onDisruptions: () => void
  readonly onMails: () => void
  readonly onTicketSaved: (ticket: Ticket) => void
  readonly log: Logger
  readonly now: () => number
}

/** What callers are told: the desk's announcements, its lines' and closures' own, and the disruptions of the day. */
export function createSpoken(parts: Parts) {
  const { config, settings, stores, index, links, log, now } = parts
  const { varDir } = config
  const sounds = new Sounds({ ...parts.sounds, wording: parts.wording, varDir, log, onChange: parts.onAnnouncements })
  const own = new OwnSounds(sounds)
  const speakOwn = () => own.follow([...ownWords(settings.values), ...disruptions.words()])
  const disruptions: Disruptions = new Disruptions({
    varDir,
    disruptions: {
      spoken: () => stores.disruptions.spoken(),
      endWithTickets: (actor) => stores.disruptions.endWithTickets(signing(actor, settings.values.desk.name)),
    },
    tickets: stores.tickets,
    peopleOf: (number) => index.find(number),
    sounds: own,
    heard: () => sounds.heard,
    speak: speakOwn,
    tellSubscribers: () => stores.subscribers.tell(wordsForSubscribers(settings.values.mails, config, links.subscribers)),
    onMails: parts.onMails,
    onSaved: parts.onTicketSaved,
    onChange: parts.onDisruptions,
    log,
    now,
  })
  const announcements = new Announcements({ sounds, places: parts.sounds.places, varDir, store: stores.announcements })
  return { sounds, own, speakOwn, disruptions, announcements }
}
