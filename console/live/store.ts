import { io, type Socket } from 'socket.io-client'
import type { ClientEvents, DeskChange, DialRefused, Pop, ServerEvents, Stale } from '../../server/contract/live.ts'
import { onWake } from './wake.ts'
import { afterChange, fromSnapshot, type Desk } from './desk.ts'

export type Live = {
  /** `lost`: what is shown is the last known state, `lostAt` says of when (ms, this computer's clock). */
  readonly link: 'connecting' | 'live' | 'lost'
  readonly lostAt: number | null
  readonly desk: Desk | null
  /** Milliseconds to add to this computer's clock to have the server's. */
  readonly offsetMs: number
}

export type Ended = DeskChange['ended'][number]
type Listener = {
  pop?: (pop: Pop) => void
  ended?: (ended: Ended) => void
  snapshot?: (desk: Desk) => void
  stale?: (what: Stale) => void
  /** Who is signed in here is to be asked anew. */
  refused?: () => void
  dialRefused?: (refused: DialRefused) => void
}

let live: Live = { link: 'connecting', lostAt: null, desk: null, offsetMs: 0 }
let socket: Socket<ServerEvents, ClientEvents> | null = null
const watchers = new Set<() => void>()
const listeners = new Set<Listener>()

const set = (next: Partial<Live>) => {
  live = { ...live, ...next }
  for (const watcher of watchers) watcher()
}
/** A connection that does not answer within this after sleep is dead. */
const answerMs = 1_000
const offset = (now: string) => Date.parse(now) - Date.now()

export const liveStore = {
  get: (): Live => live,
  watch: (watcher: () => void): (() => void) => {
    watchers.add(watcher)
    return () => watchers.delete(watcher)
  },
}

/** Refusals that came before whoever tells of them was there, behind the first view. */
const untold: DialRefused[] = []

/** Be told of what happens, beside the state itself. Returns how to stop. */
export function listen(listener: Listener): () => void {
  listeners.add(listener)
  if (listener.dialRefused !== undefined) for (const refused of untold.splice(0)) listener.dialRefused(refused)
  return () => listeners.delete(listener)
}

let early: (() => void) | null = null

/** Open the link before anything is drawn that will ask for it by `connect`. */
export function connectEarly(): void {
  if (socket === null) early = opening()
}

/** Open the live link of whoever is signed in. Returns how to close it, which also forgets the desk. */
export function connect(): () => void {
  const close = early ?? opening()
  early = null
  return close
}

function opening(): () => void {
  const opened: Socket<ServerEvents, ClientEvents> = io({
    withCredentials: true,
    // At once where WebSocket passes, which is nearly everywhere.
    transports: ['websocket', 'polling'],
    timeout: 5_000,
    reconnectionDelay: 300,
    reconnectionDelayMax: 1_200,
  })
  socket = opened
  // One question at a time: what arrives before its answer is in the answer.
  let asked = false
  opened.on('connect', () => {
    asked = true
  })
  const lost = () => {
    if (live.link === 'live') set({ link: 'lost', lostAt: Date.now() })
  }
  let doubt: number | null = null
  const anew = () => {
    doubt = null
    opened.disconnect().connect()
  }
  const stopWaking = onWake(() => {
    if (doubt !== null) return
    if (!opened.connected) return anew()
    asked = true
    opened.emit('again')
    doubt = window.setTimeout(anew, answerMs)
  })
  window.addEventListener('offline', lost)
  opened.on('desk', (snapshot) => {
    asked = false
    if (doubt !== null) window.clearTimeout(doubt)
    doubt = null
    const desk = fromSnapshot(snapshot)
    set({ link: 'live', lostAt: null, desk, offsetMs: offset(snapshot.now) })
    for (const l of listeners) l.snapshot?.(desk)
  })
  opened.on('change', (change) => {
    const desk = live.desk
    if (desk === null || asked) return
    // Late by a whole snapshot: already contained in what we hold.
    if (change.epoch === desk.epoch && change.n <= desk.n) return
    const next = afterChange(desk, change)
    if (next === null) {
      asked = true
      opened.emit('again')
      return
    }
    set({ desk: next, offsetMs: offset(change.now) })
    for (const e of change.ended) for (const l of listeners) l.ended?.(e)
  })
  opened.on('pop', (pop) => {
    for (const l of listeners) l.pop?.(pop)
  })
  opened.on('stale', (what) => {
    for (const l of listeners) l.stale?.(what)
  })
  opened.on('dialRefused', (refused) => {
    if ([...listeners].every((l) => l.dialRefused === undefined)) untold.push(refused)
    for (const l of listeners) l.dialRefused?.(refused)
  })
  opened.on('disconnect', (reason) => {
    lost()
    if (reason !== 'io server disconnect') return
    // The server closed the session itself, or its role is another one now. Socket.IO does not come back by itself.
    for (const l of listeners) l.refused?.()
    opened.connect()
  })
  opened.on('connect_error', () => {
    // Something on the way may swallow WebSocket: then as of old, and up to it once that works.
    if (live.link === 'connecting') opened.io.opts.transports = ['polling', 'websocket']
    if (live.link === 'connecting') set({ link: 'lost', lostAt: Date.now() })
    for (const l of listeners) l.refused?.()
    if (!opened.active)
      window.setTimeout(() => {
        if (socket === opened) opened.connect()
      }, 4_000)
  })
  return () => {
    stopWaking()
    window.removeEventListener('offline', lost)
    if (doubt !== null) window.clearTimeout(doubt)
    opened.close()
    socket = null
    set({ link: 'connecting', lostAt: null, desk: null })
  }
}
