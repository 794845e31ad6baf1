import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Attachment } from '../contract/attachments.ts'
import type { TicketSettings } from '../contract/settings.ts'
import type { AttachmentStore, KeptFile } from '../database/attachment-store.ts'
import { ServiceError } from '../errors.ts'
import type { Scan } from './antivirus.ts'
import { headBytes, isFalsePicture, isProgram, kindOf, usualEnding } from './kind.ts'
import { endingOf, safeName } from './names.ts'

type Parts = {
  /** Where bytes are kept, each content once, under its own mark. */
  readonly folder: string
  readonly store: AttachmentStore
  readonly settings: () => Pick<TicketSettings, 'attachmentMegabytes' | 'refusedEndings'>
  /** Null: nothing looks at files here. */
  readonly scan: Scan | null
  readonly log: { warn(about: object, text: string): void }
  /** In ms. */
  readonly now?: () => number
}

const hourMs = 3_600_000
/** How long a file that was brought waits to be sent. */
const unsentMs = 24 * hourMs

export type AttachmentKeeper = ReturnType<typeof attachmentKeeper>

/** Files that are brought with a message: looked at, kept under the mark of their content, and forgotten if they are never sent. */
export function attachmentKeeper({ folder, store, settings, scan, log, now = Date.now }: Parts) {
  let timer: NodeJS.Timeout | null = null
  let purging: Promise<unknown> = Promise.resolve()
  const arriving = join(folder, 'arriving')
  const pathOf = (hash: string) => join(folder, hash.slice(0, 2), hash)
  const largest = () => settings().attachmentMegabytes * 1_048_576

  /** Writes what comes, and stops at the largest size allowed. */
  async function receive(content: Readable, file: string, megabytes = Number.POSITIVE_INFINITY) {
    const most = Math.min(largest(), megabytes * 1_048_576)
    const hash = createHash('sha256')
    const heads: Buffer[] = []
    let bytes = 0
    const measured = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        if (bytes < headBytes) heads.push(chunk.subarray(0, headBytes - bytes))
        bytes += chunk.length
        if (bytes > most) return done(tooLarge(most))
        hash.update(chunk)
        done(null, chunk)
      },
    })
    await pipeline(content, measured, createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true }))
    return { hash: hash.digest('hex'), bytes, head: Buffer.concat(heads) }
  }

  /** Forget what was brought before a moment and never sent, with its bytes when nothing else has them. @returns how many */
  async function purge(before: Date): Promise<number> {
    const gone = await store.forgetUnsent(before, (hash) => rm(pathOf(hash), { force: true }))
    for (const name of await readdir(arriving).catch(() => [])) {
      const found = await stat(join(arriving, name)).catch(() => null)
      if (found !== null && found.mtime < before) await rm(join(arriving, name), { force: true })
    }
    return gone
  }

  const tooLarge = (most: number) => new ServiceError('too_large', `${Math.floor(most / 1_048_576)} Mo au plus par fichier`)

  return {
    /**
     * Refuse what is too large before it is received. @param bytes as it was announced, null when it was not
     * @throws ServiceError `too_large`
     */
    expect(bytes: number | null, megabytes = Number.POSITIVE_INFINITY): void {
      const most = Math.min(largest(), megabytes * 1_048_576)
      if (bytes !== null && bytes > most) throw tooLarge(most)
    },

    /**
     * Take a file in, to be sent later with a message of the same author.
     * @param raw what its author calls it @param pictureOf whether it is a picture of the knowledge base @param byId the account, or the person, that brings it @param ticketId when it can be for one ticket only
     * @throws ServiceError `too_large`, `file_empty`, `file_refused`, `not_a_picture`, `file_infected`, `antivirus_away`, `database_away`
     */
    async keep(
      content: Readable | Buffer,
      {
        name: raw,
        byId,
        ticketId = null,
        draftKey = null,
        pictureOf = null,
      }: {
        readonly name: string
        readonly byId: string
        readonly ticketId?: string | null
        /** The draft of the ticket that it will leave with. */
        readonly draftKey?: string | null
        /** Only what a browser draws is taken, and no more than so much. */
        readonly pictureOf?: { readonly what: 'articles'; readonly megabytes: number } | null
      },
    ): Promise<Attachment> {
      const called = safeName(raw)
      if (settings().refusedEndings.includes(endingOf(called))) throw new ServiceError('file_refused', called)
      await mkdir(arriving, { recursive: true, mode: 0o700 })
      const file = join(arriving, `${randomUUID()}.new`)
      try {
        const { hash, bytes, head } = await receive(
          Buffer.isBuffer(content) ? Readable.from([content]) : content,
          file,
          pictureOf?.megabytes,
        )
        if (bytes === 0) throw new ServiceError('file_empty', called)
        const kind = kindOf(head, called)
        if (isProgram(head)) throw new ServiceError('file_refused', called)
        if (isFalsePicture(kind, called) || (pictureOf !== null && kind.picture === null)) throw new ServiceError('not_a_picture', called)
        await scan?.(file, called)
        const ending = endingOf(called) === '' ? usualEnding(kind.type) : ''
        const kept: KeptFile = {
          id: randomUUID(),
          ticketId,
          draftKey,
          hash,
          bytes,
          name: ending === '' ? called : `${called}.${ending}`,
          type: kind.type,
          picture: kind.picture,
          byId,
          forArticles: pictureOf !== null,
        }
        return await store.add(kept, async () => {
          await mkdir(join(folder, hash.slice(0, 2)), { recursive: true, mode: 0o700 })
          await rename(file, pathOf(hash))
        })
      } finally {
        await rm(file, { force: true })
      }
    },

    /** Where a content is, for somebody who may read it. @throws ServiceError `not_found` when its bytes are gone */
    async fileOf(hash: string): Promise<string> {
      await stat(pathOf(hash)).catch(() => {
        throw new ServiceError('not_found')
      })
      return pathOf(hash)
    },

    start(): void {
      timer ??= setInterval(() => {
        purging = purge(new Date(now() - unsentMs)).catch((error: Error) =>
          log.warn({ reason: error.message }, 'Files that were never sent could not be removed; tried again in an hour'),
        )
      }, hourMs)
    },

    async stop(): Promise<void> {
      if (timer !== null) clearInterval(timer)
      timer = null
      await purging
    },

    purge,
  }
}
