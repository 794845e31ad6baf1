// Recordings of a stand-in for Asterisk's store: one whose Asterisk has a name, and one that is being made, are to be had there only by chance.
import { readdirSync } from 'node:fs'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ImportedMessage, MessageImport } from '../../server/engine/message-import.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'

let folder: string
beforeEach(() => {
  folder = testFolder()
})
afterEach(() => removeTestFolder(folder))

/** What is brought in of these, two seconds long each, while some callers are on the line. */
async function brought(names: readonly string[], onTheLine: readonly string[] = []) {
  const left = new Set(names)
  const messages: ImportedMessage[] = []
  const looked = Promise.withResolvers<void>()
  const messageImport = new MessageImport({
    recordings: {
      list: async () => {
        looked.resolve()
        return [...left]
      },
      fetch: async () => Buffer.alloc(44 + 2 * 16_000),
      remove: async (name) => void left.delete(name),
      isLive: async (name) => onTheLine.some((id) => name.startsWith(id)),
      isOnTheLine: async (id) => onTheLine.includes(id),
    },
    folder,
    talksFolder: folder,
    logger: pino({ level: 'silent' }),
    now: () => 0,
    isCall: () => false,
    callOf: async () => null,
    add: async (message) => void messages.push(message),
    addTalk: async () => undefined,
  })
  messageImport.wake()
  await looked.promise
  await messageImport.stop()
  return { messages, left: [...left] }
}

describe('a message that the dialplan took', () => {
  it.each([
    ['an Asterisk without a name', 'net-1796024969.6-0561551237'],
    ['one with a name, which its calls’ ids begin with', 'net-pbx-2-1796024969.6-0561551237'],
  ])('is its caller’s, from %s', async (_which, name) => {
    const { messages, left } = await brought([name])
    expect(messages).toMatchObject([{ id: name, number: '+33561551237', at: new Date(1_796_024_969_000) }])
    expect([left, readdirSync(folder)]).toEqual([[], [`${name}.wav`]])
  })

  it('of a withheld number is somebody’s whom nobody knows', async () => {
    expect((await brought(['net-1796024969.6-'])).messages).toMatchObject([{ callId: '1796024969.6', number: null }])
  })

  it('is left alone while its caller speaks, as is a conversation’s sound that is not over; others are brought in meanwhile', async () => {
    const names = ['net-1796024969.6-0561551237', '1796024969.8~rec3', 'message-1796024969.9']
    const { messages, left } = await brought(names, ['1796024969.6', '1796024969.8'])
    expect(left).toEqual(names.slice(0, 2))
    expect(messages.map(({ callId }) => callId)).toEqual(['1796024969.9'])
  })
})
