import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fillWording,
  originalAnnouncements,
  positionSound,
  sound,
  spokenAnnouncements,
  spokenWait,
  unknownPlaceholders,
} from '../../server/calls/announcements.ts'
import { Scene, settings } from './scene.ts'

/** Annex VII-C of the specification, as it is written there. */
const annex = {
  waiting:
    'Bonjour, Toutes nos lignes sont occupées ; nous essayons de limiter nos communications à 15’. Vous pouvez nous signaler votre demande via le formulaire accessible à la rubrique Service « Guichet unique » de l’Intranet. Vous pouvez aussi nous laisser un court message (en commençant par votre n° de Tél.) et nous vous rappellerons bien sûr dans les meilleurs délais. Merci et à très bientôt.',
  closed:
    'Bonjour, Le Service « Guichet unique » est ouvert tous les jours (hors week-end et fériés) de 8H30 à 16H30. Vous pouvez nous signaler votre demande via le formulaire accessible à la rubrique Service « Guichet unique » de l’Intranet. Vous pouvez aussi nous laisser un court message (en commençant par votre n° de Tél.) et nous vous rappellerons bien sûr dans les meilleurs délais. Merci et à très bientôt.',
}
/** Abbreviations, as they are said. */
const aloud = (written: string) =>
  written
    .replace('15’', '15 minutes')
    .replaceAll('n° de Tél.', 'numéro de téléphone')
    .replace(/(\d+)H(\d+)/g, '$1 heures $2')
    .replace('Bonjour,', 'Bonjour.')
const plain = (text: string) => text.replace(/\s+/gu, ' ')

const wording = {
  name: 'Guichet unique',
  hours: { fr: 'de 8 heures 30 à 16 heures 30', en: 'from 8:30 to 16:30' },
  limitMinutes: 15,
}
const all = spokenAnnouncements(wording)
const spoken = all.filter((s) => s.language === 'fr')
const textOf = (name: string) => spoken.find((s) => s.name === name)?.text ?? ''

describe('what is said', () => {
  it.each(['waiting', 'closed'] as const)('%s is the annex’s message, word for word', (name) => {
    expect(plain(textOf(name))).toBe(aloud(annex[name]))
  })

  it('takes the desk’s own name, hours and limit', () => {
    const texts = spokenAnnouncements({
      name: 'Accueil numérique',
      hours: { fr: 'de 9 heures à midi', en: 'from 9 to noon' },
      limitMinutes: 10,
    })
    const all = texts.map((s) => s.text).join('\n')
    expect(all).toContain('« Accueil numérique » est ouvert tous les jours (hors week-end et fériés) de 9 heures à midi.')
    expect(all).toContain('limiter nos communications à 10 minutes')
    expect(all).toContain('la limite de 10 minutes')
    expect(all).not.toMatch(/Guichet unique|8 heures 30|15 minutes\.? Vous/)
  })

  it('shows each text with placeholders that, filled in, are what is said', () => {
    const originals = originalAnnouncements()
    expect(originals.map((o) => ({ ...o, text: fillWording(o.text, wording, o.language) }))).toEqual(all)
    expect(originals.flatMap((o) => unknownPlaceholders(o.text))).toEqual([])
    expect(originals.find((o) => o.name === 'closed')?.text).toContain('« {nom} » est ouvert')
  })

  it.each([
    ['Ici {nom}, {horaires}, {limite} minutes.', 'Ici Guichet unique, de 8 heures 30 à 16 heures 30, 15 minutes.', []],
    ['This is {name}, {hours}.', 'This is Guichet unique, de 8 heures 30 à 16 heures 30.', []],
    ['Le {jour}, {} et {nom', 'Le {jour}, {} et {nom', ['{jour}', '{}']],
  ])('%s is filled in with what it knows, and says what it does not', (text, filled, unknown) => {
    expect(fillWording(text, wording, 'fr')).toBe(filled)
    expect(unknownPlaceholders(text)).toEqual(unknown)
  })

  it('has each sentence once, none empty, named as a file may be', () => {
    expect(new Set(spoken.map((s) => s.name)).size).toBe(spoken.length)
    for (const { name, text } of spoken) {
      expect(name).toMatch(/^[a-z0-9-]+$/)
      expect(text).toMatch(/^[A-ZÀ-Ý].*\.$/s)
    }
  })

  it('says the same sentences in English', () => {
    const names = (language: string) => all.filter((s) => s.language === language).map((s) => s.name)
    expect(names('en')).toEqual(names('fr'))
    expect(
      all
        .filter((s) => s.language === 'en' && s.voice === undefined)
        .map((s) => s.text)
        .join(' '),
    ).not.toMatch(/[éèêàç]/)
  })

  it('tells positions one by one, and past the twentieth that there are many', () => {
    expect(textOf('position-1')).toBe('Vous êtes en première position.')
    expect(textOf('position-2')).toBe('Vous êtes en deuxième position.')
    expect(positionSound(20)).toBe(sound('position-20'))
    expect(positionSound(21)).toBe(sound('wait-many'))
  })

  it('speaks of waits in minutes', () => {
    expect(textOf('wait-0-1')).toBe('L’attente est estimée à moins d’une minute.')
    expect(textOf('wait-1-3')).toBe('L’attente est estimée entre une et 3 minutes.')
    expect(textOf('wait-5-10')).toBe('L’attente est estimée entre 5 et 10 minutes.')
  })
})

describe('a wait, as it is said', () => {
  const minute = 60_000
  it.each([
    [0.2, 0.9, 'wait-0-1', 0, 1],
    [0.9, 1, 'wait-0-1', 0, 1],
    [1, 2.1, 'wait-1-3', 1, 3],
    [2.9, 3.1, 'wait-2-5', 2, 5],
    [6, 9, 'wait-5-10', 5, 10],
    [19, 30, 'wait-15-30', 15, 30],
  ])('from %f to %f minutes is rounded outwards: %s', (low, high, name, lowSaid, highSaid) => {
    expect(spokenWait({ lowMs: low * minute, highMs: high * minute })).toEqual({
      sound: sound(name),
      lowMs: lowSaid * minute,
      highMs: highSaid * minute,
    })
  })

  it('beyond the longest bound is not said', () => {
    expect(spokenWait({ lowMs: 20 * minute, highMs: 30 * minute + 1 })).toBeNull()
  })

  it('never excludes what it was estimated at, and exists as a sentence', () => {
    fc.assert(
      fc.property(fc.nat(31 * minute), fc.nat(31 * minute), (a, b) => {
        const range = { lowMs: Math.min(a, b), highMs: Math.max(a, b) }
        const said = spokenWait(range)
        if (said === null) {
          expect(range.highMs).toBeGreaterThan(30 * minute)
          return
        }
        const [low = 0, high = 0] = [...(/(\d+)-(\d+)$/.exec(said.sound) ?? [])].slice(1).map(Number)
        expect(low * minute).toBeLessThanOrEqual(range.lowMs)
        expect(high * minute).toBeGreaterThanOrEqual(range.highMs)
        expect(said.highMs).toBe(high * minute)
        expect(textOf(said.sound.replace('sound:guichet/', ''))).not.toBe('')
      }),
    )
  })
})

/** A desk whose conversations have lasted this long, where nobody is ready. */
function busy(talkMs: number): Scene {
  const scene = Scene.open('alice')
  for (let n = 1; n <= 50; n += 1) {
    scene.arrives(`t${n}`)
    scene.answers(`t${n}`)
    scene.after(talkMs).gone(`t${n}`)
    scene.asks('alice', 'ready')
  }
  scene.arrives('t0')
  scene.answers('t0')
  return scene
}

/** The end of the wait as last said to c1, if a wait was said now. */
function promised(scene: Scene): number | null {
  const wait = scene.said.find((s) => /^wait-\d/.test(s))
  return wait === undefined ? null : scene.now + Number(/(\d+)$/.exec(wait)?.[1]) * 60_000
}

describe('an announced wait', () => {
  it('is said with the first message when enough is known', () => {
    const scene = busy(4 * 60_000)
    scene.arrives('c1')
    expect(scene.said).toEqual(['other-language', 'waiting', 'key-for-message', 'offer-callback', 'position-1', 'wait-3-5'])
  })

  it('never silently grows, however long the queue stands still: a later end is said with an apology', () => {
    for (const talkMs of [45_000, 90_000, 4 * 60_000, 10 * 60_000]) {
      const scene = busy(talkMs)
      scene.arrives('c1')
      let least = promised(scene) ?? Number.POSITIVE_INFINITY
      for (let n = 0; n < 30 && scene.state.calls.get('t0') !== undefined; n += 1) {
        scene.after(8_000).played('c1')
        scene.after(settings.musicMs).give({ type: 'tick' })
        const end = promised(scene)
        if (end === null) continue
        if (end > least + 30_000) expect(scene.said).toContain('wait-longer')
        least = scene.said.includes('wait-longer') ? end : Math.min(least, end)
      }
    }
  })

  it('that slips by small steps is apologised for once they add up', () => {
    const scene = busy(60_000)
    const expecting = (talkMs: number) => {
      scene.state = { ...scene.state, talks: scene.state.talks.map(() => talkMs) }
    }
    expecting(540_000)
    scene.arrives('c1')
    expect(scene.said).toContain('wait-8-10')
    scene.after(144_000).give({ type: 'tick' })
    expect(scene.said).toEqual(['position-1', 'wait-5-8', 'key-for-message', 'offer-callback'])
    expecting(594_000)
    scene.after(204_000).give({ type: 'tick' })
    expect(scene.said).toEqual(['wait-longer', 'position-1', 'wait-3-5', 'key-for-message', 'offer-callback'])
  })

  it('that was kept is not apologised for to who is back in line after the conversation', () => {
    const scene = busy(60_000)
    scene.arrives('c1')
    expect(promised(scene)).not.toBeNull()
    scene.asks('bruno', 'ready')
    scene.answers('c1')
    const target = { kind: 'number', number: '+33561556611', name: 'Standard' } as const
    scene.after(14 * 60_000).give({ type: 'operator-transfers', operatorId: 'bruno', callId: 'c1', target })
    scene.asks('bruno', 'offline')
    scene.after(1_000)
    const { status } = scene.call('c1')
    scene.gone(status.kind === 'transferring' ? status.leg : '', 19)
    scene.played('c1')
    scene.give({ type: 'tick' })
    while (scene.said.length === 0) scene.falls()
    expect(scene.said).not.toContain('wait-longer')
  })

  it('past its end with no figure left to say is apologised for', () => {
    const scene = busy(2 * 60_000)
    scene.arrives('c1')
    const end = promised(scene)
    expect(end).not.toBeNull()
    scene.asks('alice', 'offline')
    scene.gone('t0')
    scene.played('c1')
    while (scene.now <= (end ?? 0) + 60_000) {
      scene.falls()
      if (scene.call('c1').status.kind === 'waiting' && scene.said.length > 0) {
        expect(scene.said.some((s) => /^wait-\d/.test(s))).toBe(false)
        expect(scene.said.includes('wait-longer')).toBe(scene.now > (end ?? 0) + 30_000)
        scene.played('c1')
      }
    }
  })
})
