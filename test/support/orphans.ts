import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DeskLine } from './desk-line.ts'
import { once } from './sipp.ts'

type Named = { readonly id: string }

/**
 * What is left of calls that nobody is on, each said in a word: channels and bridges in Asterisk, recordings and sounds of messages
 * without a row, rows of calls without an end. To be asked once every party has gone.
 */
async function orphansOf(desk: DeskLine): Promise<readonly string[]> {
  const [channels, bridges, stored, open, messages] = await Promise.all([
    desk.ari<readonly Named[]>('/channels'),
    desk.ari<readonly Named[]>('/bridges'),
    desk.ari<readonly { readonly name: string }[]>('/recordings/stored'),
    desk.rows<Named>('select id from calls where ended_at is null'),
    desk.rows<{ readonly file: string }>('select file from messages'),
  ])
  const folder = join(desk.asterisk.varDir, 'messages')
  const sounds = existsSync(folder) ? readdirSync(folder) : []
  const known = new Set(messages.map(({ file }) => file))
  const ofCalls = ({ id }: Named) => !id.startsWith('selftest-') && id !== 'guichet-queue'
  return [
    ...channels.filter(ofCalls).map(({ id }) => `channel ${id}`),
    ...bridges.filter(ofCalls).map(({ id }) => `bridge ${id}`),
    ...stored.filter(({ name }) => /^(message|net)-/.test(name)).map(({ name }) => `recording ${name}`),
    ...sounds.filter((file) => !known.has(file)).map((file) => `sound ${file}`),
    ...open.map(({ id }) => `row ${id}`),
  ]
}

/** @returns what is still left after `withinMs`: none, or their names. */
export async function orphansAfter(desk: DeskLine, withinMs = 60_000): Promise<readonly string[]> {
  let left: readonly string[] = []
  await once(
    async () => {
      left = await orphansOf(desk)
      return left.length === 0
    },
    withinMs,
    'an empty Asterisk',
  ).catch(() => undefined)
  return left
}
