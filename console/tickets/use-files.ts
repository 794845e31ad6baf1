import { useRef, useState } from 'react'
import type { Attachment } from '../../server/contract/attachments.ts'
import { bringFile, dropFile } from '../api/attachments.ts'
import { errorText } from '../api/error-text.ts'

/** A file on its way to the server, there, or refused. */
export type Brought = {
  readonly key: string
  readonly name: string
  readonly part: number
  readonly attachment: Attachment | null
  readonly failure: string | null
}

/** Files that wait for their message outlive a visit to another page, as its words do. */
const kept = new Map<number, readonly Brought[]>()

/** The files that will go with what is being written on a ticket: each leaves as soon as it is chosen. */
export function useFiles(ticket: number) {
  const [files, show] = useState<readonly Brought[]>(kept.get(ticket) ?? [])
  const shown = useRef(true)
  const set = (change: (files: readonly Brought[]) => readonly Brought[]) => {
    const next = change(kept.get(ticket) ?? [])
    kept.set(ticket, next)
    if (shown.current) show(next)
  }
  const change = (key: string, by: Partial<Brought>) => set((all) => all.map((one) => (one.key === key ? { ...one, ...by } : one)))

  const bring = (given: readonly { readonly file: Blob; readonly name: string }[]) => {
    for (const { file, name } of given) {
      const key = crypto.randomUUID()
      set((all) => [...all, { key, name, part: 0, attachment: null, failure: null }])
      bringFile(ticket, file, name, (part) => change(key, { part })).then(
        (attachment) => change(key, { attachment, name: attachment.name, part: 1 }),
        (error: unknown) => change(key, { failure: errorText(error) }),
      )
    }
  }
  const remove = (key: string) => {
    const attachment = files.find((one) => one.key === key)?.attachment
    set((all) => all.filter((one) => one.key !== key))
    if (attachment) void dropFile(ticket, attachment.id).catch(() => undefined)
  }
  return {
    files,
    bring,
    remove,
    clear: () => set(() => []),
    ready: files.flatMap(({ attachment }) => (attachment === null ? [] : [attachment.id])),
    arriving: files.some(({ attachment, failure }) => attachment === null && failure === null),
  }
}
export type Files = ReturnType<typeof useFiles>
