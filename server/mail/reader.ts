import { Worker } from 'node:worker_threads'
import type { ReadMail } from './read-mail.ts'
import { inProject } from '../project.ts'

/** A mail that cannot be read, whatever is tried; the message says why. */
export class UnreadableMail extends Error {}

const longestMs = 60_000
const mostMegabytes = 512

/**
 * Read a mail apart from everything else.
 * @param folder where its files are put
 * @throws UnreadableMail when it is malformed, takes longer than a minute, or more memory than half a gigabyte
 */
export function readApart(path: string, folder: string, limitMs = longestMs): Promise<ReadMail> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(inProject('server/mail/reading-thread.ts'), {
      workerData: { path, folder },
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
      stdout: true,
      stderr: true,
    })
    let done = false
    const end = (settle: () => void) => {
      if (done) return
      done = true
      clearTimeout(timer)
      settle()
      void worker.terminate()
    }
    const timer = setTimeout(() => end(() => reject(new UnreadableMail('lecture trop longue'))), limitMs)
    worker.once('message', (mail: ReadMail) => end(() => resolve(mail)))
    worker.once('error', (error: Error) => end(() => reject(new UnreadableMail(error.message.slice(0, 300)))))
    worker.once('exit', () => end(() => reject(new UnreadableMail('lecture interrompue'))))
  })
}
