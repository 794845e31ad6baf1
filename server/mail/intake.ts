import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Ticket } from '../contract/entities.ts'
import type { ArrivedMail, Taken } from '../database/incoming-store.ts'
import type { MailFile, ReadMail } from './read-mail.ts'
import { peekMail } from './read-mail.ts'
import { readApart, UnreadableMail } from './reader.ts'

export type IntakeParts = {
  /** Where mails are kept as they came, each under the mark of its content. */
  readonly folder: string
  readonly store: { take(arrived: ArrivedMail): Promise<Taken> }
  /** Takes a file in for later. @returns its id; null: it is not accepted, and stays in the mail alone @throws when it cannot be said now */
  readonly keepFile: (file: MailFile) => Promise<string | null>
  /** How many files a mail may bring. */
  readonly mostFiles: () => number
  readonly log: Pick<Logger, 'info' | 'warn'>
  readonly onTaken: (tickets: readonly Ticket[]) => void
  /** An answer owed has changed by it. */
  readonly onOwedChanged?: () => void
}
export type Intake = {
  /** Where a mail that is arriving may be written. */
  arriving(): Promise<string>
  /**
   * Take in the mail in this file, which is moved to where mails are kept. Taken in a second time it changes nothing.
   * @param note said on the ticket, of a mail whose end stayed in the mailbox
   * @throws when PostgreSQL or the disk cannot take it now: nothing was changed, and it is to be brought again
   */
  take(file: string, note?: string): Promise<Taken['kind']>
  /** @param raw the name by which the store knows it */
  fileOf(raw: string): string
}

/** What comes in by mail, from its file to what follows from it. */
export function createIntake({ folder, store, keepFile, mostFiles, log, onTaken, onOwedChanged }: IntakeParts): Intake {
  const arrivals = join(folder, 'arriving')
  const fileOf = (raw: string) => join(folder, raw.slice(0, 2), raw)

  async function keepRaw(file: string): Promise<{ readonly raw: string; readonly bytes: number }> {
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.length
    }
    const raw = `${hash.digest('hex')}.eml`
    const kept = await open(file, 'r')
    try {
      await kept.sync()
    } finally {
      await kept.close()
    }
    await mkdir(join(folder, raw.slice(0, 2)), { recursive: true, mode: 0o700 })
    await rename(file, fileOf(raw))
    return { raw, bytes }
  }

  /** Two copies of a mail, by two ways, are one; two mails that bear one Message-ID by mistake are two. */
  const fingerprintOf = (raw: string, read: ReadMail | null): string =>
    read?.messageId == null
      ? raw
      : createHash('sha256')
          .update(JSON.stringify([read.messageId, read.from?.address ?? '', read.date, read.subject, read.text]))
          .digest('hex')

  /** @param cut whether its end is missing: the file in which it was cut opens nowhere */
  async function keepFiles(
    read: ReadMail,
    cut: boolean,
  ): Promise<{ readonly files: readonly string[]; readonly notes: readonly string[] }> {
    const files: string[] = []
    const left: string[] = []
    for (const file of read.files) {
      const whole = !cut || file !== read.files.at(-1)
      const id = whole && files.length < mostFiles() ? await keepFile(file) : null
      if (id === null) left.push(file.name)
      else files.push(id)
    }
    return { files, notes: left.length === 0 ? [] : [`Pièces restées dans le courriel : ${left.join(', ')}.`] }
  }

  return {
    fileOf,
    async arriving() {
      await mkdir(arrivals, { recursive: true, mode: 0o700 })
      return join(arrivals, randomUUID())
    },
    async take(file, note) {
      const kept = await keepRaw(file)
      const work = join(arrivals, `${randomUUID()}.files`)
      try {
        const read = await readApart(fileOf(kept.raw), work).catch((error: unknown) => {
          if (error instanceof UnreadableMail) return error
          throw error
        })
        const readable = read instanceof UnreadableMail ? null : read
        const common = { ...kept, fingerprint: fingerprintOf(kept.raw, readable) }
        const taken = await store.take(
          read instanceof UnreadableMail
            ? { ...common, read: null, why: read.message, ...(await peekMail(fileOf(kept.raw))) }
            : { ...common, read, ...withNote(await keepFiles(read, note !== undefined), note) },
        )
        // A copy that came by another way would never be let go of.
        if (taken.kind === 'known' && !taken.kept) await rm(fileOf(kept.raw), { force: true })
        if (taken.kind === 'taken') {
          log.info({ outcome: taken.outcome, tickets: taken.tickets.map(({ number }) => number) }, 'A mail was taken in')
          onTaken(taken.tickets)
          if (taken.owed === true) onOwedChanged?.()
        }
        return taken.kind
      } finally {
        await rm(work, { recursive: true, force: true })
      }
    },
  }
}

const withNote = (kept: { readonly files: readonly string[]; readonly notes: readonly string[] }, note: string | undefined) =>
  note === undefined ? kept : { ...kept, notes: [...kept.notes, note] }
