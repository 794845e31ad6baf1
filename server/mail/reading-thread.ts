import { parentPort, workerData } from 'node:worker_threads'
import { readMail } from './read-mail.ts'

/* A mail is read in a thread of its own: whatever it holds, calls do not wait for it. */
const { path, folder } = workerData as { readonly path: string; readonly folder: string }
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
parentPort?.postMessage(await readMail(path, folder))
