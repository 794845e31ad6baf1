/**
 * The browser as my phone, as the rest of the console sees it. The phone itself is in console/softphone, fetched only for those who
 * chose it; without it everything here says that another phone rings.
 */
export type OwnPhone =
  /** Another phone is chosen, or it is not known yet. */
  | { readonly kind: 'none' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready' }
  /** The connection is lost, and tried again by itself. */
  | { readonly kind: 'lost' }
  /** Another tab of this browser, or another computer, is the phone. */
  | { readonly kind: 'elsewhere'; readonly where: 'tab' | 'computer' }
  /** `ask`: the browser will ask for it at a gesture; `denied`: refused for this site; `absent`: there is none; `insecure`: HTTPS is missing. */
  | { readonly kind: 'microphone'; readonly why: 'ask' | 'denied' | 'absent' | 'insecure' }

/** How a conversation sounds now. `roundTripMs` null: the other end has not said. */
export type SoundNow = { readonly lossPercent: number; readonly jitterMs: number; readonly roundTripMs: number | null }

type Acts = {
  /** Pick up what rings here, or will within a moment. */
  readonly answer: () => void
  /** Ask for the microphone, take the phone back from another tab or computer. */
  readonly claim: () => void
}

let phone: OwnPhone = { kind: 'none' }
let sound: SoundNow | null = null
let acts: Acts | null = null
const watchers = new Set<() => void>()
const tell = () => {
  for (const watcher of watchers) watcher()
}
const watch = (watcher: () => void) => {
  watchers.add(watcher)
  return () => {
    watchers.delete(watcher)
  }
}

export const ownPhone = {
  get: (): OwnPhone => phone,
  watch,
  set: (next: OwnPhone) => {
    phone = next
    tell()
  },
}
export const soundNow = {
  get: (): SoundNow | null => sound,
  watch,
  set: (next: SoundNow | null) => {
    sound = next
    tell()
  },
}

/** The phone has been fetched, or (null) put away. */
export function servePhone(by: Acts | null): void {
  acts = by
  if (by === null) {
    sound = null
    phone = { kind: 'none' }
    tell()
  }
}

/** Pick up with the browser. @returns false when another phone is to be picked up */
export function answerHere(): boolean {
  if (acts === null) return false
  acts.answer()
  return true
}

export const claimPhone = (): void => acts?.claim()
