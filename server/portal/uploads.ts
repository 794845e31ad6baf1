import { PassThrough } from 'node:stream'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import type { AttachmentKeeper } from '../attachments/keeper.ts'
import type { Attachment } from '../contract/attachments.ts'
import { ServiceError } from '../errors.ts'

/** A form as it came: its fields, the files that were taken in, and why the others were not. */
export type Sent = {
  readonly fields: ReadonlyMap<string, string>
  /** Fields that come several times. */
  readonly all: (name: string) => readonly string[]
  readonly files: readonly Attachment[]
  readonly refused: readonly string[]
}

const longestField = 25_000
/** More than this is no request, whatever it is made of. In bytes. @param megabytes of one file, at most */
export const largestForm = (megabytes: number): number => megabytes * 4 * 1_048_576 + 1_048_576
export const tooLarge = (megabytes: number): ServiceError => new ServiceError('too_large', `${megabytes} Mo au plus par fichier`)

/**
 * Read a form with files, sent with or without scripts. A file that is refused is read to its end and forgotten; the others stay.
 * @param byId in whose name files are kept
 * @throws ServiceError `too_large` as soon as more has come than any form holds, `bad_form` when it is not put together as forms are
 */
export async function readForm(
  request: FastifyRequest,
  {
    attachments,
    byId,
    most,
    megabytes,
  }: { readonly attachments: Pick<AttachmentKeeper, 'keep'>; readonly byId: string; readonly most: number; readonly megabytes: number },
): Promise<Sent> {
  const fields: [string, string][] = []
  const files: Attachment[] = []
  const refused: string[] = []
  if (!request.isMultipart()) {
    const body = typeof request.body === 'object' && request.body !== null ? request.body : {}
    return sent(
      Object.entries(body).map(([name, value]) => [name, String(value)]),
      [],
      [],
    )
  }
  const limits = { fileSize: megabytes * 1_048_576 + 1, files: most + 5, fields: 80, fieldSize: longestField, parts: most + 90 }
  const overflow = beyond(request.raw, largestForm(megabytes), () => tooLarge(megabytes))
  const parts = request.parts({ limits })[Symbol.asyncIterator]()
  for (;;) {
    const next = await Promise.race([parts.next(), overflow]).catch(readable)
    if (next.done === true) break
    const part = next.value
    if (part.type === 'field') fields.push([part.fieldname, String(part.value)])
    else if (part.filename === undefined || part.filename === '') part.file.resume()
    else if (files.length >= most) {
      part.file.resume()
      refused.push(new ServiceError('too_many_files').message)
    } else await Promise.race([take(part), overflow]).then((file) => file !== null && files.push(file))
  }
  return sent(fields, files, [...new Set(refused)])

  /** Whatever becomes of it, the file is read to its end: what follows it in the form is behind. */
  async function take(part: MultipartFile): Promise<Attachment | null> {
    const through = new PassThrough()
    part.file.pipe(through)
    try {
      return await attachments.keep(through, { name: part.filename, byId })
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      // Nothing was chosen: browsers send an empty file without a name, or with one.
      if (error.code !== 'file_empty') refused.push(error.message)
      return null
    } finally {
      part.file.unpipe(through)
      part.file.resume()
    }
  }
}

/** Rejects once more has come than this. What is already there of a file is forgotten with the rest. */
function beyond(raw: FastifyRequest['raw'], most: number, why: () => ServiceError): Promise<never> {
  const overflow = new Promise<never>((_, reject) => {
    let come = 0
    raw.on('data', (chunk: Buffer) => {
      come += chunk.length
      if (come > most) reject(why())
    })
  })
  overflow.catch(() => undefined)
  return overflow
}

/** Too many parts, a part without a name, an edge that never comes: the browser's fault, or somebody's who is none. */
function readable(error: unknown): never {
  throw error instanceof ServiceError ? error : new ServiceError('bad_form')
}

const sent = (fields: readonly (readonly [string, string])[], files: readonly Attachment[], refused: readonly string[]): Sent => ({
  fields: new Map(fields),
  all: (name) => fields.filter(([field]) => field === name).map(([, value]) => value),
  files,
  refused,
})
