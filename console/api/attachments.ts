import type { Attachment } from '../../server/contract/attachments.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'
import { ApiError, query, request } from './client.ts'

const of = (ticket: number) => `/tickets/${ticket}/attachments`

export const attachmentUrl = (ticket: number, id: string) => `/api${of(ticket)}/${id}`

/**
 * Bring a file, to be sent with a contribution; takes as long as the line needs.
 * @param onProgress is told what part of it has left, 0 to 1
 * @throws ApiError when it is refused, or the line breaks
 */
export const bringFile = (ticket: number, file: Blob, name: string, onProgress: (part: number) => void): Promise<Attachment> =>
  bring(of(ticket), file, name, onProgress)

/** Bring a picture for an article. @throws ApiError when it is refused, or the line breaks */
export const bringPicture = (file: Blob, name: string): Promise<Attachment> => bring('/articles/pictures', file, name, () => undefined)

function bring(path: string, file: Blob, name: string, onProgress: (part: number) => void): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest()
    sending.open('POST', `/api${path}${query({ name })}`)
    sending.setRequestHeader('content-type', 'application/octet-stream')
    sending.responseType = 'json'
    sending.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total))
    sending.addEventListener('error', () => reject(new ApiError('unreachable', 0, '')))
    sending.addEventListener('load', () => {
      if (sending.status < 300) return resolve(sending.response as Attachment)
      const refused = sending.response as { code?: ErrorCode; message?: string } | null
      reject(new ApiError(refused?.code ?? 'internal', sending.status, refused?.message ?? ''))
    })
    sending.send(file)
  })
}

export const dropFile = (ticket: number, id: string) => request<null>('DELETE', `${of(ticket)}/${id}`)

const ofDraft = (key: string) => `/drafts/${encodeURIComponent(key)}/attachments`
export const draftFileUrl = (key: string, id: string) => `/api${ofDraft(key)}/${id}`
/** The same, for a ticket that is being written. @throws ApiError when it is refused, or the line breaks */
export const bringDraftFile = (key: string, file: Blob, name: string, onProgress: (part: number) => void): Promise<Attachment> =>
  bring(ofDraft(key), file, name, onProgress)
export const dropDraftFile = (key: string, id: string) => request<null>('DELETE', `${ofDraft(key)}/${id}`)
