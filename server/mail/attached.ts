import { createReadStream } from 'node:fs'
import type { AttachmentKeeper } from '../attachments/keeper.ts'
import { ServiceError } from '../errors.ts'
import type { MailFile } from './read-mail.ts'

/** What a file itself is refused for: it stays in the mail, and the ticket says so. Anything else may be otherwise in a moment. */
const forGood: readonly string[] = ['too_large', 'file_empty', 'file_refused', 'not_a_picture', 'file_infected']

/** Keep a file that came with a mail. @returns its id; null when files of its kind are not accepted here @throws when it cannot be kept now */
export async function attachmentOfMail(keeper: Pick<AttachmentKeeper, 'keep'>, { path, name }: MailFile): Promise<string | null> {
  try {
    return (await keeper.keep(createReadStream(path), { name, byId: 'mail' })).id
  } catch (error) {
    if (error instanceof ServiceError && forGood.includes(error.code)) return null
    throw error
  }
}
