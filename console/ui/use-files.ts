import { useEffect, useRef, useState } from 'react'
import type { Attachment } from '../../server/contract/attachments.ts'
import { bringFile, dropFile } from '../api/attachments.ts'
import { ApiError } from '../api/client.ts'
import { errorText } from '../api/error-text.ts'
import { forgetUnsent, keepUnsent, unsentFiles, type UnsentFile } from './unsent-files.ts'

/** A file on its way to the server, there, or refused. */
export type Brought = {
  readonly key: string
  readonly name: string
  readonly part: number
  readonly attachment: Attachment | null
  readonly failure: string | null
}

/** Files that wait for their message outlive a visit to another page and a page loaded anew, as its words do. */
const kept = new Map<number, readonly Brought[]>()
const readAgain = new Set<string>()

/** Nobody answered, or the server could not: what was brought may be wanted once the page is loaded anew. */
const mayPass = (error: unknown) => !(error instanceof ApiError) || error.status === 0 || error.status >= 500

/** The files that will go with what is being written on a ticket: each leaves as soon as it is chosen. @param me the account that writes */
export function useFiles(ticket: number, me: string) {
  const place = `${me}/${ticket}`
  const [files, show] = useState<readonly Brought[]>(kept.get(ticket) ?? [])
  const shown = useRef(true)
  const set = (change: (files: readonly Brought[]) => readonly Brought[]) => {
    const next = change(kept.get(ticket) ?? [])
    kept.set(ticket, next)
    if (shown.current) show(next)
  }
  const change = (key: string, by: Partial<Brought>) => set((all) => all.map((one) => (one.key === key ? { ...one, ...by } : one)))

  const holds = (key: string) => (kept.get(ticket) ?? []).some((one) => one.key === key)
  const send = ({ key, name, at, file }: UnsentFile & { readonly file: Blob }) =>
    bringFile(ticket, file, name, (part) => change(key, { part })).then(
      (attachment) => {
        if (holds(key)) void keepUnsent({ key, place, name: attachment.name, at, file: null, attachment })
        change(key, { attachment, name: attachment.name, part: 1 })
      },
      (error: unknown) => {
        if (!mayPass(error)) void forgetUnsent(key)
        change(key, { failure: errorText(error) })
      },
    )
  const takeUpAgain = (found: readonly UnsentFile[]) => {
    for (const one of found) {
      const { key, name, file, attachment } = one
      if (holds(key)) continue
      set((all) => [...all, { key, name, part: 0, attachment, failure: null }])
      if (file !== null) void send({ ...one, file })
    }
  }
  useEffect(() => {
    if (readAgain.has(place)) return
    readAgain.add(place)
    void unsentFiles(place).then(takeUpAgain)
    // oxlint-disable-next-line react/exhaustive-deps -- once for each ticket, whatever else changes
  }, [place])

  const bring = (given: readonly { readonly file: Blob; readonly name: string }[]) => {
    for (const { file, name } of given) {
      const key = crypto.randomUUID()
      const one = { key, place, name, at: Date.now(), file, attachment: null }
      set((all) => [...all, { key, name, part: 0, attachment: null, failure: null }])
      void keepUnsent(one).then(() => send(one))
    }
  }
  const remove = (key: string) => {
    const attachment = files.find((one) => one.key === key)?.attachment
    set((all) => all.filter((one) => one.key !== key))
    void forgetUnsent(key)
    if (attachment) void dropFile(ticket, attachment.id).catch(() => undefined)
  }
  return {
    files,
    bring,
    remove,
    clear: () => {
      for (const { key } of kept.get(ticket) ?? []) void forgetUnsent(key)
      set(() => [])
    },
    ready: files.flatMap(({ attachment }) => (attachment === null ? [] : [attachment.id])),
    arriving: files.some(({ attachment, failure }) => attachment === null && failure === null),
  }
}
export type Files = ReturnType<typeof useFiles>
