import { useEffect, useSyncExternalStore } from 'react'
import type { Attachment } from '../../server/contract/attachments.ts'
import { ApiError } from '../api/client.ts'
import { errorText } from '../api/error-text.ts'
import { forgetUnsent, keepUnsent, unsentFiles, type UnsentFile } from './unsent-files.ts'

/** What files are brought for, by somebody: a message on a ticket, a ticket being written. */
export type FilePlace = {
  /** Theirs alone. */
  readonly id: string
  /** @throws ApiError when it is refused, or the line breaks */
  readonly bring: (file: Blob, name: string, onProgress: (part: number) => void) => Promise<Attachment>
  readonly drop: (id: string) => Promise<unknown>
  /** Takes those that are there over; they stay here where nobody does. */
  readonly onBrought?: (attachment: Attachment) => void
}

/** A file on its way to the server, there, or refused. */
export type Brought = {
  readonly key: string
  readonly name: string
  readonly part: number
  readonly attachment: Attachment | null
  readonly failure: string | null
  /** Still there to be sent again: nobody answered, or the server could not. */
  readonly again: (() => void) | null
}

/** Files that wait for their message outlive a visit to another page and a page loaded anew, as its words do. */
const kept = new Map<string, readonly Brought[]>()
const none: readonly Brought[] = []
const readAgain = new Set<string>()
const watchers = new Set<() => void>()
const watch = (watcher: () => void) => {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

const isArriving = ({ attachment, failure }: Brought) => attachment === null && failure === null

/** What a browser calls every pasted picture says nothing. */
export const nameOf = (file: File, pasted: string): string => (file.name === 'image.png' ? `${pasted}.png` : file.name)

/** What was brought may be wanted once the page is loaded anew. */
const mayPass = (error: unknown) => !(error instanceof ApiError) || error.status === 0 || error.status >= 500

/**
 * Resolves once nothing of a place is on its way any more. @param onWait told at once when something is @returns whether all that was is there: what could not come is for its writer
 * to see first
 */
export const allArrived = (place: string, onWait?: () => void): Promise<boolean> =>
  new Promise((resolve) => {
    const now = () => kept.get(place) ?? none
    const failed = () => now().filter(({ failure }) => failure !== null).length
    const before = failed()
    const look = () => {
      if (now().some(isArriving)) return
      watchers.delete(look)
      resolve(failed() <= before && now().every(({ again }) => again === null))
    }
    watchers.add(look)
    if (now().some(isArriving)) onWait?.()
    look()
  })

/** The files that will go with what is being written: each leaves as soon as it is chosen. */
export function useFiles({ id: place, bring: carry, drop, onBrought }: FilePlace) {
  const files = useSyncExternalStore(watch, () => kept.get(place) ?? none)
  const set = (change: (files: readonly Brought[]) => readonly Brought[]) => {
    kept.set(place, change(kept.get(place) ?? none))
    for (const watcher of watchers) watcher()
  }
  const change = (key: string, by: Partial<Brought>) => set((all) => all.map((one) => (one.key === key ? { ...one, ...by } : one)))
  const leave = (key: string) => {
    set((all) => all.filter((one) => one.key !== key))
    void forgetUnsent(key)
  }

  const holds = (key: string) => (kept.get(place) ?? none).some((one) => one.key === key)
  const send = (one: UnsentFile & { readonly file: Blob }): Promise<void> => {
    const { key, name, at, file } = one
    return carry(file, name, (part) => change(key, { part })).then(
      (attachment) => {
        if (!holds(key)) return void drop(attachment.id).catch(() => undefined)
        if (onBrought !== undefined) {
          onBrought(attachment)
          return leave(key)
        }
        void keepUnsent({ key, place, name: attachment.name, at, file: null, attachment })
        return change(key, { attachment, name: attachment.name, part: 1 })
      },
      (error: unknown) => {
        const passes = mayPass(error)
        if (!passes) void forgetUnsent(key)
        const again = () => {
          change(key, { failure: null, again: null, part: 0 })
          void send(one)
        }
        change(key, { failure: errorText(error), again: passes ? again : null })
      },
    )
  }
  const add = ({ key, name, attachment }: UnsentFile) =>
    set((all) => [...all, { key, name, part: 0, attachment, failure: null, again: null }])
  const takeUpAgain = (found: readonly UnsentFile[]) => {
    for (const one of found) {
      const { key, file } = one
      if (holds(key)) continue
      add(one)
      if (file !== null) void send({ ...one, file })
    }
  }
  useEffect(() => {
    if (readAgain.has(place)) return
    readAgain.add(place)
    void unsentFiles(place).then(takeUpAgain)
    // oxlint-disable-next-line react/exhaustive-deps -- once for each place, whatever else changes
  }, [place])

  const bring = (given: readonly { readonly file: Blob; readonly name: string }[]) => {
    for (const { file, name } of given) {
      const one = { key: crypto.randomUUID(), place, name, at: Date.now(), file, attachment: null }
      add(one)
      void keepUnsent(one).then(() => send(one))
    }
  }
  const remove = (key: string) => {
    const attachment = files.find((one) => one.key === key)?.attachment
    leave(key)
    if (attachment) void drop(attachment.id).catch(() => undefined)
  }
  return {
    files,
    bring,
    remove,
    clear: () => {
      for (const { key } of kept.get(place) ?? none) void forgetUnsent(key)
      set(() => [])
    },
    ready: files.flatMap(({ attachment }) => (attachment === null ? [] : [attachment.id])),
    arriving: files.some(isArriving),
    /** One did not arrive, and may when it is sent again. */
    stranded: files.some(({ again }) => again !== null),
  }
}
export type Files = ReturnType<typeof useFiles>
