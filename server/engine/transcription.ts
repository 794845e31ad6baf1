import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Logger } from 'pino'
import type { Transcript } from '../contract/messages.ts'

/** Something that writes down what a voice says. None comes with the service: voices are personal data, a site chooses who hears them. */
export type Transcriber = {
  /** Shown beside what it understood. */
  readonly name: string
  /** @param sound a whole wav file, 16 bits, 8 kHz, mono */
  transcribe(sound: Buffer): Promise<string>
}

type Ports = {
  readonly transcriber: Transcriber
  readonly folder: string
  readonly log: Logger
  readonly keep: (messageId: string, transcript: Transcript) => Promise<void>
}

/** Have a message written down and keep it; one that fails leaves the message to be heard. @param file its name in the folder */
export async function transcribeMessage({ transcriber, folder, log, keep }: Ports, messageId: string, file: string): Promise<void> {
  try {
    const text = await transcriber.transcribe(await readFile(join(folder, basename(file))))
    await keep(messageId, { text: text.trim(), by: transcriber.name })
  } catch (error) {
    log.warn({ reason: (error as Error).message, messageId }, 'A voice message could not be transcribed')
  }
}
