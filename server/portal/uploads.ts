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

/**
 * Read a form with files, sent with or without scripts. A file that is refused is read to its end and forgotten; the others stay.
 * @param byId in whose name files are kept @throws ServiceError `too_large` when the whole is beyond what any form holds
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
  for await (const part of request.parts({ limits })) {
    if (part.type === 'field') fields.push([part.fieldname, String(part.value)])
    else if (part.filename === undefined || part.filename === '') part.file.resume()
    else if (files.length >= most) {
      part.file.resume()
      refused.push(new ServiceError('too_many_files').message)
    } else await take(part).then((file) => file !== null && files.push(file))
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

const sent = (fields: readonly (readonly [string, string])[], files: readonly Attachment[], refused: readonly string[]): Sent => ({
  fields: new Map(fields),
  all: (name) => fields.filter(([field]) => field === name).map(([, value]) => value),
  files,
  refused,
})
