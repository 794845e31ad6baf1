import { copyFileSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cacheDir, findAsterisk } from '../../server/supervisor/asterisk-root.ts'
import { type Announcement, prepareSounds } from '../../server/sounds/prepare.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { quiet } from '../support/quiet.ts'
import { readWav, rms } from '../support/sound.ts'

let varDir = ''

beforeEach(() => {
  varDir = testFolder()
})
afterEach(() => removeTestFolder(varDir))

const hello: Announcement = { name: 'hello', language: 'fr', text: 'Bonjour, vous êtes au guichet unique du numérique.' }
const goodbye: Announcement = { name: 'goodbye', language: 'fr', text: 'Au revoir.' }

async function prepare(...announcements: readonly Announcement[]): Promise<string> {
  const tools = await findAsterisk(cacheDir(process.env), process.env['PATH'] ?? '', quiet)
  const folder = (name: string) => join(varDir, name)
  await prepareSounds({
    tools,
    soundsDir: folder('sounds'),
    announcements,
    cacheDir: folder('speech'),
    log: quiet,
  })
  return join(varDir, 'sounds/fr/guichet')
}

test('an announcement is spoken as Asterisk reads it: 16-bit PCM, 8 kHz, mono, loud and never clipped', async () => {
  const file = join(await prepare(hello), 'hello.wav')
  const header = readFileSync(file).subarray(0, 44)
  const format = {
    coding: header.readUInt16LE(20),
    channels: header.readUInt16LE(22),
    rate: header.readUInt32LE(24),
    bits: header.readUInt16LE(34),
  }
  expect(format).toEqual({ coding: 1, channels: 1, rate: 8_000, bits: 16 })
  const samples = readWav(file)
  expect(samples.length / 8_000).toBeGreaterThan(2)
  expect(rms(samples)).toBeGreaterThan(0.03)
  const peak = samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0) / 32_768
  expect(peak).toBeGreaterThan(0.6)
  expect(peak).toBeLessThan(0.8)
})

test('what has not changed is not made again, what has is, and what is not asked for any more goes', async () => {
  const folder = await prepare(hello, goodbye)
  expect(readdirSync(folder).sort()).toEqual(['beep.wav', 'goodbye.wav', 'hello.wav'])
  const before = { hello: statSync(join(folder, 'hello.wav')).ino, spoken: readWav(join(folder, 'hello.wav')).length }
  await prepare(hello)
  expect(readdirSync(folder).sort()).toEqual(['beep.wav', 'hello.wav'])
  expect(statSync(join(folder, 'hello.wav')).ino).toBe(before.hello)
  await prepare({ ...hello, text: 'Bonjour.' })
  expect(readWav(join(folder, 'hello.wav')).length).toBeLessThan(before.spoken)
})

test('a recording stands in for the spoken text, as it is', async () => {
  const spoken = await prepare(hello)
  const recording = join(varDir, 'own.wav')
  copyFileSync(join(spoken, 'beep.wav'), recording)
  expect(readWav(join(await prepare({ ...hello, recording }), 'hello.wav'))).toEqual(readWav(recording))
})

test('a text that looks like an option is spoken, not obeyed', async () => {
  const folder = await prepare({ name: 'odd', language: 'fr', text: '--version' })
  expect(readWav(join(folder, 'odd.wav')).length).toBeGreaterThan(2_000)
})

test('what a start that was killed left half done does not stop the next one', async () => {
  const folder = await prepare(hello)
  copyFileSync(join(folder, 'beep.wav'), join(folder, 'hello.wav.new'))
  copyFileSync(join(folder, 'beep.wav'), join(folder, 'goodbye.wav.new'))
  await prepare({ ...hello, text: 'Bonjour.' })
  expect(readdirSync(folder).sort()).toEqual(['beep.wav', 'hello.wav'])
})
