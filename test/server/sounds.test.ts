import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as immediately } from 'node:timers/promises'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Wording } from '../../server/calls/announcements.ts'
import { announcementsInForce, readInForce, recordingFile, soundsFolder } from '../../server/sounds/in-force.ts'
import { Sounds } from '../../server/sounds/sounds.ts'
import { makeOnce } from '../../server/sounds/voice.ts'
import { cacheDir, findAsterisk, type AsteriskRoot } from '../../server/supervisor/asterisk-root.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { quiet } from '../support/quiet.ts'

const wording: Wording = {
  name: 'Guichet unique du Numérique',
  hours: { fr: 'de 8 heures 30 à 16 heures 30', en: 'from 8:30 to 16:30' },
  limitMinutes: 15,
}
let tools: AsteriskRoot
let varDir = ''

beforeAll(async () => {
  tools = await findAsterisk(cacheDir(process.env), process.env['PATH'] ?? '', quiet)
})
beforeEach(() => {
  if (varDir !== '') removeTestFolder(varDir)
  varDir = testFolder()
})
afterAll(() => removeTestFolder(varDir))

const heard = (name: string, language = 'fr') => join(varDir, 'sounds-of-asterisk', language, 'guichet', `${name}.wav`)
const bytes = (name: string, language = 'fr') => readFileSync(heard(name, language))
async function started(): Promise<Sounds> {
  const places = { tools, soundsDir: join(varDir, 'sounds-of-asterisk'), heard: true, cacheDir: join(cacheDir(process.env), 'speech') }
  const sounds = new Sounds({ places, varDir, wording, voices: [], log: pino({ level: 'silent' }), onChange: () => undefined })
  await sounds.start()
  return sounds
}
const side = (sounds: Sounds, name: string) => sounds.list().find((a) => a.name === name)?.fr

describe('what callers hear', () => {
  it('is listed with its text, its length and the address of its sound', async () => {
    const sounds = await started()
    const closed = side(sounds, 'closed')
    expect(closed?.version).toMatchObject({ number: 1, kind: 'original' })
    expect(closed?.original).toContain('{horaires}')
    expect(closed?.spoken).toContain('de 8 heures 30 à 16 heures 30')
    expect(closed?.seconds).toBeCloseTo((statSync(heard('closed')).size - 44) / 16_000)
    expect(existsSync(join(cacheDir(process.env), 'speech', closed?.sound ?? 'none'))).toBe(true)
  })

  it('follows the desk’s name, hours and limit at once, and only where they are mentioned', async () => {
    const sounds = await started()
    const [closed, beep] = [bytes('closed'), statSync(heard('beep')).ino]
    await sounds.setWording({ ...wording, hours: { ...wording.hours, fr: 'de 9 heures à midi' } })
    expect(bytes('closed')).not.toEqual(closed)
    expect(side(sounds, 'closed')?.spoken).toContain('de 9 heures à midi')
    expect(statSync(heard('beep')).ino).toBe(beep)
  })

  it('is the site’s own text once chosen, its placeholders filled in anew when the wording changes, and across a restart', async () => {
    const sounds = await started()
    const text = 'Bonjour, ici {nom}. Fermé.'
    await sounds.choose('closed', 'fr', { number: 7, kind: 'text', text, address: null, at: null, by: null })
    expect(side(sounds, 'closed')).toMatchObject({ version: { number: 7 }, spoken: 'Bonjour, ici Guichet unique du Numérique. Fermé.' })
    await sounds.setWording({ ...wording, name: 'Accueil' })
    expect(side(sounds, 'closed')?.spoken).toBe('Bonjour, ici Accueil. Fermé.')
    const again = await started()
    expect(side(again, 'closed')?.version.text).toBe(text)
    await again.choose('closed', 'fr', null)
    expect(side(again, 'closed')?.version.kind).toBe('original')
  })

  it('is a recording once chosen, and the original again when its file is lost', async () => {
    const sounds = await started()
    mkdirSync(soundsFolder(varDir), { recursive: true })
    writeFileSync(recordingFile(varDir, 'abc'), bytes('beep'))
    await sounds.choose('waiting', 'fr', { number: 8, kind: 'upload', text: null, address: 'abc', at: null, by: null })
    expect(bytes('waiting')).toEqual(bytes('beep'))
    expect(side(sounds, 'waiting')).toMatchObject({ spoken: null, seconds: 0.25 })
    writeFileSync(join(soundsFolder(varDir), 'in-force.json'), '{"chosen":')
    expect(side(await started(), 'waiting')?.version.kind).toBe('original')
  })

  it('holds what is spoken at run time, after a restart too, until it is forgotten', async () => {
    const sounds = await started()
    await Promise.all([sounds.speak('closure-1', 'fr', 'Fermé pour le pont.'), sounds.speak('closure-1', 'en', 'Closed, {name}.')])
    const said = bytes('closure-1')
    await sounds.speak('closure-1', 'fr', 'Fermé pour le pont de mai.')
    expect(bytes('closure-1')).not.toEqual(said)
    const again = await started()
    expect(existsSync(heard('closure-1', 'en'))).toBe(true)
    expect(announcementsInForce(varDir, wording).find((a) => a.language === 'en' && a.name === 'closure-1')?.text).toBe(
      'Closed, Guichet unique du Numérique.',
    )
    await again.unspeak(['closure-1'])
    expect(existsSync(heard('closure-1'))).toBe(false)
    expect(readInForce(varDir).added).toEqual([])
  })
})

it('is made once more, whole, where two ask for the same sound at once: who heard it twice in a row was refused', async () => {
  const make = async (to: string) => {
    writeFileSync(`${to}.speech`, 'spoken')
    await immediately()
    writeFileSync(to, readFileSync(`${to}.speech`))
    rmSync(`${to}.speech`)
  }
  const once = () => makeOnce({ address: 'an-address', make }, varDir, 'test')
  expect(await Promise.all([once(), once()])).toEqual([join(varDir, 'an-address'), join(varDir, 'an-address')])
  expect(readdirSync(varDir)).toEqual(['an-address'])
})
