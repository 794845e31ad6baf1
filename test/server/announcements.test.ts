import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AnnouncementHistory, AnnouncementList, AnnouncementView, SoundDraft } from '../../server/contract/announcements.ts'
import { levelled, wavOf } from '../../server/sounds/level.ts'
import { recordingFile } from '../../server/sounds/in-force.ts'
import { type AsteriskRoot, cacheDir, findAsterisk } from '../../server/supervisor/asterisk-root.ts'
import { type DatabaseLink, linkTo } from '../support/database-link.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { quiet } from '../support/quiet.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'
import { readWav, rms, voice } from '../support/sound.ts'

let service: TestHttp
let tools: AsteriskRoot
let varDir = ''
const soundsDir = () => join(varDir, 'sounds-of-asterisk')

beforeAll(async () => {
  tools = await findAsterisk(cacheDir(process.env), process.env['PATH'] ?? '', quiet)
})
beforeEach(async () => {
  varDir = testFolder()
  service = await buildTestHttp({
    sounds: { varDir, places: { tools, soundsDir: soundsDir(), heard: true, cacheDir: join(cacheDir(process.env), 'speech') } },
  })
  return async () => {
    await service.close()
    removeTestFolder(varDir)
  }
})

const heard = (name: string, language = 'fr') => join(soundsDir(), language, 'guichet', `${name}.wav`)
const send = (bytes: Buffer) =>
  service.as('sophie', {
    method: 'POST',
    url: '/api/announcements/recordings',
    payload: bytes,
    headers: { 'content-type': 'application/octet-stream' },
  })
const put = (payload: object, url = '/api/announcements/waiting/fr', who = 'sophie') => service.as(who, { method: 'PUT', url, payload })
const list = async () => (await service.as('sophie', { method: 'GET', url: '/api/announcements' })).json<AnnouncementList>()
const french = async (name: string) => (await list()).announcements.find((a) => a.name === name)?.fr
const history = async () =>
  (await service.as('sophie', { method: 'GET', url: '/api/announcements/waiting/fr/versions' })).json<AnnouncementHistory>()

/** A file as somebody would send it, made from a voice with silence around it. */
function file(extension: string, { level = 0.3, seconds = 3, rate = 44_100, channels = 2 } = {}): Buffer {
  const quietly = Int16Array.from(voice(11, seconds), (s) => Math.round(s * level))
  const around = new Int16Array(8_000)
  writeFileSync(join(varDir, 'said.wav'), wavOf(Int16Array.from([...around, ...quietly, ...around])))
  const to = join(varDir, `said-as.${extension}`)
  const { command, args, env } = tools.sox
  const made = spawnSync(command, [...args, join(varDir, 'said.wav'), '-r', String(rate), '-c', String(channels), to], { env })
  expect(made.status, String(made.stderr)).toBe(0)
  return readFileSync(to)
}

describe('a recording that is brought', () => {
  it.each([
    ['wav', {}],
    ['wav', { rate: 48_000, channels: 1, level: 0.02 }],
    ['mp3', {}],
    ['ogg', {}],
    ['ogg', { level: 0.9 }],
    ['flac', {}],
  ])('from a %s file %o becomes what Asterisk reads, as loud as the others, without the silence around it', async (extension, how) => {
    const answer = await send(file(extension, how))
    expect(answer.statusCode).toBe(201)
    const draft = answer.json<SoundDraft>()
    expect(draft.seconds).toBeGreaterThan(2.9)
    expect(draft.seconds).toBeLessThan(3.6)
    expect((await put({ recording: draft.sound })).statusCode).toBe(200)
    const header = readFileSync(heard('waiting')).subarray(0, 44)
    expect([header.readUInt16LE(20), header.readUInt16LE(22), header.readUInt32LE(24), header.readUInt16LE(34)]).toEqual([1, 1, 8_000, 16])
    const samples = readWav(heard('waiting'))
    expect(samples.length / 8_000).toBeCloseTo(draft.seconds)
    expect(20 * Math.log10(rms(samples))).toBeGreaterThan(-24)
    expect(20 * Math.log10(rms(samples))).toBeLessThan(-19)
    expect(samples.reduce((most, s) => Math.max(most, Math.abs(s)), 0)).toBeLessThan(0.72 * 32_768)
  })

  it.each([
    ['a text', 'sound_unreadable', () => Buffer.from('Bonjour, ceci n’est pas un son.')],
    ['nothing', 'sound_unreadable', () => Buffer.alloc(0)],
    ['a picture that calls itself a sound', 'sound_unreadable', () => Buffer.from('RIFF\0\0\0\0WAVEfmt \xff\xff\xff\xff', 'latin1')],
    ['a sound cut after its first bytes', 'sound_unreadable', () => file('flac').subarray(0, 60)],
    ['silence', 'sound_empty', () => wavOf(new Int16Array(24_000))],
    ['a click', 'sound_empty', () => wavOf(Int16Array.from({ length: 8_000 }, (_, i) => (i > 4_000 && i < 4_080 ? 20_000 : 0)))],
    ['a speech', 'sound_too_long', () => file('ogg', { seconds: 125, rate: 8_000, channels: 1 })],
  ])('is refused when it is %s: %s', async (_what, code, bytes) => {
    const answer = await send(bytes())
    expect([answer.statusCode, answer.json().code]).toEqual([422, code])
    expect(readdirSync(varDir, { recursive: true }).filter((f) => String(f).includes('drafts/'))).toEqual([])
  })

  it('is refused when it is larger than any announcement', async () => {
    expect((await send(Buffer.alloc(25 * 1_048_576 + 1))).json().code).toBe('too_large')
  })

  it('is not heard by callers until it is put in force', async () => {
    const before = readFileSync(heard('waiting'))
    const { sound } = (await send(file('ogg'))).json<SoundDraft>()
    expect(readFileSync(heard('waiting'))).toEqual(before)
    const listened = await service.as('sophie', { method: 'GET', url: `/api/announcements/sounds/${sound}` })
    expect([listened.statusCode, listened.headers['content-type']]).toEqual([200, 'audio/wav'])
    expect(listened.headers['cache-control']).toContain('immutable')
    expect((await put({ recording: 'f'.repeat(32) })).statusCode).toBe(404)
  })
})

describe('a text of the site’s own', () => {
  const speech = (text: string) => service.as('sophie', { method: 'POST', url: '/api/announcements/waiting/fr/speech', payload: { text } })

  it('is spoken before it is in force, its placeholders filled in', async () => {
    const before = readFileSync(heard('waiting'))
    const draft = (await speech('Bonjour, ici {nom} : {limite} minutes au plus.')).json<SoundDraft>()
    expect(draft.spoken).toBe('Bonjour, ici Guichet unique : 15 minutes au plus.')
    expect(draft.seconds).toBeGreaterThan(1)
    const { rawPayload } = await service.as('sophie', { method: 'GET', url: `/api/announcements/sounds/${draft.sound}` })
    expect(readFileSync(heard('waiting'))).toEqual(before)
    const after = (await put({ text: 'Bonjour, ici {nom} : {limite} minutes au plus.' })).json<AnnouncementView>()
    expect(after.fr).toMatchObject({ spoken: draft.spoken, sound: draft.sound, version: { number: 2, by: 'Sophie Garnier' } })
    expect(readFileSync(heard('waiting'))).toEqual(rawPayload)
  })

  it('is refused when a word between braces means nothing, and nothing is kept', async () => {
    expect((await speech('Bonjour {prenom}.')).json()).toMatchObject({ code: 'unknown_placeholder' })
    expect((await put({ text: 'Bonjour {prenom}.' })).statusCode).toBe(422)
    expect(await history()).toHaveLength(1)
  })

  it('that belongs to no announcement is refused', async () => {
    expect((await put({ text: 'Bonjour.' }, '/api/announcements/nobody/fr')).statusCode).toBe(404)
    expect((await put({ text: 'Bonjour.' }, '/api/announcements/waiting/de')).statusCode).toBe(400)
  })
})

describe('versions', () => {
  it('are all kept, with who and when, and one gesture goes back to any, the first being the original word for word', async () => {
    await put({ text: 'Premier texte.' })
    const { sound } = (await send(file('mp3'))).json<SoundDraft>()
    await put({ recording: sound }, undefined, 'admin')
    const before = await history()
    expect(before.map(({ number, kind, by }) => [number, kind, by])).toEqual([
      [3, 'upload', 'Anne Delmas'],
      [2, 'text', 'Sophie Garnier'],
      [1, 'original', null],
    ])
    expect(before.every((v) => v.sound !== null && v.seconds > 0.3)).toBe(true)
    await put({ version: 2 })
    expect((await french('waiting'))?.spoken).toBe('Premier texte.')
    await put({ version: 1 })
    expect((await french('waiting'))?.version).toMatchObject({ number: 1, kind: 'original' })
    expect((await french('waiting'))?.spoken).toContain('Toutes nos lignes sont occupées')
    await put({ text: 'Premier texte.' })
    expect((await french('waiting'))?.version.number).toBe(2)
    expect(await history()).toHaveLength(3)
    expect((await put({ version: 9 })).statusCode).toBe(404)
  })

  it('can neither be changed nor removed in the database', async () => {
    await put({ text: 'Premier texte.' })
    for (const sql of ['update announcement_versions set text = $$autre$$', 'delete from announcement_choices'])
      await expect(service.database.pool.query(sql)).rejects.toThrow('append-only')
  })

  it('have one order, whoever makes them at the same moment', async () => {
    const answers = await Promise.all(['A.', 'B.', 'C.', 'D.'].map((letter) => put({ text: `Texte ${letter}` })))
    expect(answers.filter((a) => ![200, 409].includes(a.statusCode))).toEqual([])
    const numbers = (await history()).map((v) => v.number)
    expect(numbers).toEqual(numbers.map((_, i) => numbers.length - i))
  })
})

it('nothing changes for callers while PostgreSQL is away, and what is in force is still listed', async () => {
  let link: DatabaseLink | null = null
  const away = await buildTestHttp({
    sounds: { varDir, places: { tools, soundsDir: soundsDir(), heard: true, cacheDir: join(cacheDir(process.env), 'speech') } },
    through: async (url) => {
      link = await linkTo(url)
      return link.url
    },
  })
  const ask = (method: 'GET' | 'PUT', url: string, payload?: object) => away.as('sophie', { method, url, ...(payload && { payload }) })
  await ask('PUT', '/api/announcements/waiting/fr', { text: 'En service.' })
  const before = readFileSync(heard('waiting'))
  await (link as DatabaseLink | null)?.cut()
  const refused = await ask('PUT', '/api/announcements/waiting/fr', { text: 'Pas gardé.' })
  expect([refused.statusCode, refused.json().code]).toEqual([503, 'database_away'])
  expect(readFileSync(heard('waiting'))).toEqual(before)
  const { announcements } = (await ask('GET', '/api/announcements')).json<AnnouncementList>()
  expect(announcements.find((a) => a.name === 'waiting')?.fr.spoken).toBe('En service.')
  await (link as DatabaseLink | null)?.restore()
  await away.close()
  await (link as DatabaseLink | null)?.close()
})

describe('loudness', () => {
  it('of a whisper and of a shout come out alike', () => {
    const said = (gain: number) => Float32Array.from(voice(5, 2), (s) => (s / 32_768) * gain)
    const [whisper, shout] = [0.02, 2].map((gain) => levelled(said(gain)) ?? new Int16Array())
    expect(Math.abs(20 * Math.log10(rms(whisper ?? new Int16Array()) / rms(shout ?? new Int16Array())))).toBeLessThan(1)
  })
})

it('a recording in force is kept apart from what may be made again', async () => {
  const { sound } = (await send(file('wav'))).json<SoundDraft>()
  await put({ recording: sound })
  expect(readFileSync(recordingFile(varDir, sound))).toEqual(readFileSync(heard('waiting')))
})
