import type { Attachment } from '../../server/contract/attachments.ts'

/** A file that was brought and has not left with a message yet: its bytes until the server has them, then what the server calls it. */
export type UnsentFile = {
  readonly key: string
  /** Whose it is, and of which ticket. */
  readonly place: string
  readonly name: string
  readonly at: number
  readonly file: Blob | null
  readonly attachment: Attachment | null
}

/** As long as the server itself waits for the message. */
const keptMs = 24 * 3_600_000
const [mostFiles, mostBytes] = [40, 100 * 1_048_576]
const [database, store] = ['guichet.unsent-files', 'files']

/** Files outlive a page loaded anew in the browser's own database, which holds what its small storage cannot. Where there is none, nothing is kept. */
let opened: Promise<IDBDatabase> | null = null
function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(database, 1)
    asked.addEventListener('upgradeneeded', () => asked.result.createObjectStore(store, { keyPath: 'key' }))
    asked.addEventListener('success', () => resolve(asked.result))
    asked.addEventListener('error', () => reject(asked.error ?? new Error(database)))
  })
  return opened
}

async function within<T>(mode: IDBTransactionMode, act: (files: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
  try {
    const db = await open()
    return await new Promise((resolve, reject) => {
      const transaction = db.transaction(store, mode)
      const asked = act(transaction.objectStore(store))
      // What is written but not complete goes with the page.
      transaction.addEventListener('complete', () => resolve(asked.result))
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error(store)))
    })
  } catch {
    return null
  }
}

const bytesOf = ({ file }: UnsentFile) => file?.size ?? 0
const all = async (): Promise<readonly UnsentFile[]> => (await within<UnsentFile[]>('readonly', (files) => files.getAll())) ?? []
const forget = (key: string) => within('readwrite', (files) => files.delete(key))

/** One change after the other: what was sent while it was still being noted as there would come back. */
let last: Promise<unknown> = Promise.resolve()
function inTurn<T>(change: () => Promise<T>): Promise<T> {
  const done = last.then(change)
  last = done.catch(() => undefined)
  return done
}

export const forgetUnsent = (key: string) => inTurn(() => forget(key))
/** Keep one, or what has become of it; the oldest make room. */
export const keepUnsent = (one: UnsentFile): Promise<void> => inTurn(() => keep(one))

async function keep(one: UnsentFile): Promise<void> {
  if (bytesOf(one) > mostBytes) return
  const others = (await all()).filter(({ key }) => key !== one.key).toSorted((a, b) => b.at - a.at)
  let bytes = bytesOf(one)
  for (const [n, other] of others.entries()) {
    bytes += bytesOf(other)
    if (n >= mostFiles - 1 || bytes > mostBytes || other.at < one.at - keptMs) await forget(other.key)
  }
  await within('readwrite', (files) => files.put(one))
}

/** Those of a place, the oldest first. */
export const unsentFiles = async (place: string): Promise<readonly UnsentFile[]> =>
  (await all()).filter((one) => one.place === place && one.at > Date.now() - keptMs).toSorted((a, b) => a.at - b.at)
