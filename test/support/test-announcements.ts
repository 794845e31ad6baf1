import pino from 'pino'
import type { Stores } from '../../server/database/stores.ts'
import { Announcements } from '../../server/sounds/announcements.ts'
import { type SoundPlaces, Sounds } from '../../server/sounds/sounds.ts'

const testWording = {
  name: 'Guichet unique',
  hours: { fr: 'de 8 heures 30 à 16 heures 30', en: 'from 8:30 to 16:30' },
  limitMinutes: 15,
}

/** The announcements of a service under test. @param where they are really made; nothing is spoken without */
export async function announcementsOf(
  stores: Stores,
  where: { readonly places: SoundPlaces; readonly varDir: string } | undefined,
): Promise<Announcements> {
  const { places, varDir } = where ?? {
    places: { tools: null, soundsDir: '/nowhere', heard: false, cacheDir: '/nowhere' },
    varDir: '/nowhere',
  }
  const log = pino({ level: 'silent' })
  const sounds = new Sounds({ places, varDir, wording: testWording, voices: [], log, onChange: () => undefined })
  await sounds.start()
  return new Announcements({ sounds, places, varDir, store: stores.announcements })
}
