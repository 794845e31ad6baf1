import type { Logger } from 'pino'
import type { factSink } from '../database/fact-sink.ts'
import type { Stores } from '../database/stores.ts'
import type { Engine } from '../engine/engine.ts'
import { type ImportedMessage, MessageImport } from '../engine/message-import.ts'
import { type Transcriber, transcribeMessage } from '../engine/transcription.ts'
import type { Ari } from '../telephony/ari.ts'
import { recordingStore } from '../telephony/recordings.ts'

type Parts = {
  readonly ari: Ari
  readonly engine: Engine
  readonly sink: Pick<ReturnType<typeof factSink>, 'callOf'>
  readonly stores: Stores
  readonly folders: { readonly messages: string; readonly recordings: string }
  readonly transcriber: Transcriber | undefined
  /** The message is about this ticket. */
  readonly joinTicket: (number: number, message: ImportedMessage) => Promise<void>
  readonly onOwedChanged: () => void
  readonly log: Logger
  readonly now: () => number
}

/** Voice messages and recorded conversations, brought in from Asterisk. */
export function createMessages({ ari, engine, sink, stores, folders, transcriber, joinTicket, onOwedChanged, log, now }: Parts) {
  const keep = stores.messages.keepTranscript
  return new MessageImport({
    recordings: recordingStore(ari),
    folder: folders.messages,
    logger: log,
    now,
    isCall: (id) => engine.state.calls.has(id),
    callOf: (id) => sink.callOf(id),
    talksFolder: folders.recordings,
    addTalk: (recording) => stores.recordings.add(recording),
    add: async (message) => {
      // First, since one whose answer is settled already becomes a ticket of its own otherwise.
      if (message.ticket !== null) await joinTicket(message.ticket, message)
      const isNew = await stores.messages.add(message)
      if (!isNew) return
      onOwedChanged()
      if (transcriber !== undefined) void transcribeMessage({ transcriber, folder: folders.messages, log, keep }, message.id, message.file)
    },
  })
}
