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
      const asked = act(db.transaction(store, mode).objectStore(store))
      asked.addEventListener('success', () => resolve(asked.result))
      asked.addEventListener('error', () => reject(asked.error ?? new Error(store)))
    })
  } catch {
    return null
  }
}

const bytesOf = ({ file }: UnsentFile) => file?.size ?? 0
const all = async (): Promise<readonly UnsentFile[]> => (await within<UnsentFile[]>('readonly', (files) => files.getAll())) ?? []
export const forgetUnsent = (key: string) => within('readwrite', (files) => files.delete(key))

/** Keep one, or what has become of it; the oldest make room. */
export async function keepUnsent(one: UnsentFile): Promise<void> {
  if (bytesOf(one) > mostBytes) return
  const others = (await all()).filter(({ key }) => key !== one.key).toSorted((a, b) => b.at - a.at)
  let bytes = bytesOf(one)
  for (const [n, other] of others.entries()) {
    bytes += bytesOf(other)
    if (n >= mostFiles - 1 || bytes > mostBytes || other.at < one.at - keptMs) void forgetUnsent(other.key)
  }
  await within('readwrite', (files) => files.put(one))
}

/** Those of a place, the oldest first. */
export const unsentFiles = async (place: string): Promise<readonly UnsentFile[]> =>
  (await all()).filter((one) => one.place === place && one.at > Date.now() - keptMs).toSorted((a, b) => a.at - b.at)
