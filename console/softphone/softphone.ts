import type { CallView } from '../../server/contract/entities.ts'
import { browserPhoneEnds, browserPhonePath } from '../../server/contract/phones.ts'
import { answerCall, finishCall, tellFailure } from '../api/commands.ts'
import { mute } from '../api/conversation.ts'
import { browserPhone, keepSound, rejoinCall } from '../api/phones.ts'
import { myCall, type Part } from '../live/desk.ts'
import { ownPhone, servePhone, soundNow } from '../live/own-phone.ts'
import { liveStore } from '../live/store.ts'
import { audioSettings, microphoneWanted, soundAt } from '../ui/audio-settings.ts'
import { i18n } from '../ui/i18n.ts'
import { openJsSipLine } from './jssip-line.ts'
import type { Line, Ring } from './line.ts'
import { Quality, readingOf } from './quality.ts'

/** A key pressed just before the ring came here counts for it. */
const wantedMs = 3_000
/** The desk says that there is no call of mine: after this its sound ends here too, should nobody have said so. */
const strayMs = 2_500
/** A conversation of mine that this page has nothing of is asked for after this, and again after that. */
const rejoinAfterMs = 600
const rejoinEveryMs = 3_000
const sampleMs = 2_000
const keepEveryMs = 30_000
const lockName = 'guichet.phone'
const channelName = 'guichet.phone'

type Call = { readonly ring: Ring; microphone: MediaStream | null; answered: boolean; quality: Quality | null; id: string | null }

/** Be my phone, for as long as the page shows. One tab at a time is: the others tell it when a key was pressed there. */
export function startSoftphone(): () => void {
  const phone = new Softphone()
  servePhone(phone)
  return () => {
    phone.stop()
    servePhone(null)
  }
}

class Softphone {
  readonly #tabs = new BroadcastChannel(channelName)
  readonly #audio = new Audio()
  readonly #stops: (() => void)[] = []
  #line: Line | null = null
  #release: (() => void) | null = null
  #call: Call | null = null
  #wantedAt = 0
  #stray: number | null = null
  #rejoin: number | null = null
  #changing: Promise<void> = Promise.resolve()
  #stopped = false

  constructor() {
    this.#audio.autoplay = true
    this.#tabs.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (data === 'answer' && this.#line !== null) this.#pickUp()
      if (data === 'leave' && this.#line !== null) this.#giveUp('tab')
    })
    this.#stops.push(liveStore.watch(() => this.#follow()))
    this.#stops.push(audioSettings.watch(() => void this.#changeDevices()))
    this.#followPlugs()
    this.#headsetKeys()
    void this.#begin(false)
  }

  answer(): void {
    if (this.#line === null) this.#tellTabs('answer')
    else this.#pickUp()
  }

  /** A gesture: the browser may ask for the microphone now. */
  claim(): void {
    if (ownPhone.get().kind === 'elsewhere') this.#tellTabs('leave')
    void this.#begin(true)
  }

  #tellTabs(word: 'answer' | 'leave'): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
    this.#tabs.postMessage(word)
  }

  stop(): void {
    this.#stopped = true
    window.clearTimeout(this.#rejoin ?? undefined)
    for (const stop of this.#stops.splice(0)) stop()
    this.#tabs.close()
    this.#hangUp()
    this.#giveUp(null)
  }

  async #begin(byGesture: boolean): Promise<void> {
    if (this.#line !== null || this.#stopped) return
    const why = await microphoneTrouble(byGesture)
    if (why !== null) return ownPhone.set({ kind: 'microphone', why })
    const had = this.#release !== null || (await this.#takeLock(byGesture))
    if (!had) return ownPhone.set({ kind: 'elsewhere', where: 'tab' })
    if (this.#stopped || this.#line !== null) return
    ownPhone.set({ kind: 'starting' })
    const address = `${window.location.origin.replace(/^http/, 'ws')}${browserPhonePath}`
    try {
      this.#line = await openJsSipLine(address, browserPhone, {
        onReady: () => {
          ownPhone.set({ kind: 'ready' })
          this.#follow()
        },
        onLost: (code) => {
          if (code === browserPhoneEnds.elsewhere) this.#giveUp('computer')
          else ownPhone.set({ kind: 'lost' })
        },
        onRing: (ring) => this.#rings(ring),
      })
      if (this.#stopped) this.#giveUp(null)
    } catch {
      this.#giveUp(null)
      if (this.#stopped) return
      ownPhone.set({ kind: 'lost' })
      window.setTimeout(() => void this.#begin(false), 4_000)
    }
  }

  /** @returns whether this tab is the one; later, when the other one closes, it is by itself. */
  #takeLock(waits: boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const hold = () =>
        new Promise<void>((release) => {
          this.#release = release
          resolve(true)
        })
      if (waits) return void navigator.locks.request(lockName, hold)
      void navigator.locks.request(lockName, { ifAvailable: true }, (lock) => {
        if (lock !== null) return hold()
        resolve(false)
        void navigator.locks.request(lockName, async () => {
          window.setTimeout(() => void this.#begin(false), 0)
        })
        return undefined
      })
    })
  }

  #giveUp(to: 'tab' | 'computer' | null): void {
    this.#line?.stop()
    this.#line = null
    // While another computer is the phone, no other tab of this one is to take it back by itself.
    if (to !== 'computer') {
      this.#release?.()
      this.#release = null
    }
    if (to !== null) ownPhone.set({ kind: 'elsewhere', where: to })
  }

  #rings(ring: Ring): void {
    // One that comes while another is here replaces it: the service knows which leg is wanted.
    const before = this.#call
    const call: Call = { ring, microphone: null, answered: false, quality: null, id: null }
    this.#call = call
    before?.ring.end()
    ring.onSound((stream) => {
      this.#audio.srcObject = stream
      void soundAt(this.#audio, audioSettings.get().speaker)
      void this.#audio.play().catch(() => undefined)
    })
    ring.onEnd(() => this.#ended(call))
    // Ready when it is picked up: a device takes a while to wake.
    void this.#microphone(call)
    if (Date.now() - this.#wantedAt < wantedMs) this.#pickUp()
    else this.#follow()
  }

  async #microphone(call: Call): Promise<MediaStream | null> {
    if (call.microphone !== null) return call.microphone
    const opened = await openMicrophone()
    if (opened === null) return null
    if (this.#call !== call || call.microphone !== null) {
      close(opened)
      return call.microphone
    }
    this.#speakBy(call, opened)
    return opened
  }

  /** One that is pulled out in mid-conversation gives way to another, which is told when there is none. */
  #speakBy(call: Call, microphone: MediaStream): void {
    call.microphone = microphone
    for (const track of microphone.getAudioTracks())
      track.addEventListener('ended', () => {
        if (this.#call !== call || call.microphone !== microphone) return
        void this.#changeDevices().then(() => {
          if (this.#call === call && call.microphone === microphone) tellFailure(null, i18n.t('phone.noMicrophone'))
        })
      })
  }

  /** What is plugged in again is spoken by again, when it is the chosen one or there was none. */
  #followPlugs(): void {
    const devices = navigator.mediaDevices as MediaDevices | undefined
    const changed = () => {
      const { microphone } = audioSettings.get()
      const [track] = this.#call?.microphone?.getAudioTracks() ?? []
      const well = track?.readyState === 'live' && (microphone === null || track.getSettings().deviceId === microphone)
      if (track !== undefined && !well) void this.#changeDevices()
      else void soundAt(this.#audio, audioSettings.get().speaker)
    }
    devices?.addEventListener('devicechange', changed)
    this.#stops.push(() => devices?.removeEventListener('devicechange', changed))
  }

  #pickUp(): void {
    const call = this.#call
    if (call === null || call.answered) {
      this.#wantedAt = Date.now()
      return
    }
    this.#wantedAt = 0
    call.answered = true
    void this.#microphone(call).then((microphone) => {
      if (this.#call !== call) return
      if (microphone === null) {
        call.answered = false
        ownPhone.set({ kind: 'microphone', why: 'absent' })
        return tellFailure(null, i18n.t('phone.noMicrophone'))
      }
      call.ring.answer(microphone)
      call.quality = new Quality(Date.now())
      this.#measure(call)
      this.#follow()
    })
  }

  /** What the desk says of me decides what this phone does by itself. */
  #follow(): void {
    const { desk, link } = liveStore.get()
    if (desk === null || link !== 'live') return
    const mine = myCall(desk)
    const call = this.#call
    this.#endStray(mine !== null)
    if (mine?.part === 'talking' && call === null) this.#rejoinSoon(rejoinAfterMs)
    if (call === null || mine === null) return
    if (!call.answered && picksUpItself(mine)) return this.#pickUp()
    if (mine.part === 'talking') call.id = mine.call.id
    const muted = mine.part === 'talking' && mine.call.muted
    for (const track of call.microphone?.getAudioTracks() ?? []) track.enabled = !muted
    if (navigator.mediaSession !== undefined && 'setMicrophoneActive' in navigator.mediaSession)
      void (navigator.mediaSession as { setMicrophoneActive(on: boolean): unknown }).setMicrophoneActive(!muted)
  }

  /** The page was loaded anew during a conversation. */
  #rejoinSoon(afterMs: number): void {
    this.#rejoin ??= window.setTimeout(() => {
      this.#rejoin = null
      const { desk, link } = liveStore.get()
      const mine = desk === null || link !== 'live' ? null : myCall(desk)
      if (mine?.part !== 'talking' || this.#call !== null || ownPhone.get().kind !== 'ready') return
      rejoinCall(mine.call.id).catch(() => undefined)
      this.#rejoinSoon(rejoinEveryMs)
    }, afterMs)
  }

  #endStray(mine: boolean): void {
    const stray = !mine && this.#call?.answered === true
    if (stray && this.#stray === null) this.#stray = window.setTimeout(() => this.#hangUp(), strayMs)
    if (stray || this.#stray === null) return
    window.clearTimeout(this.#stray)
    this.#stray = null
  }

  #hangUp(): void {
    this.#stray = null
    this.#call?.ring.end()
  }

  #ended(call: Call): void {
    this.#keep(call)
    if (call.microphone !== null) close(call.microphone)
    if (this.#call !== call) return
    this.#call = null
    this.#audio.srcObject = null
    soundNow.set(null)
  }

  #measure(call: Call): void {
    let keptAt = Date.now()
    const sample = window.setInterval(() => {
      if (this.#call !== call) return window.clearInterval(sample)
      void call.ring.stats().then((report) => {
        if (report === null || this.#call !== call) return
        const entries: (readonly [string, unknown])[] = []
        report.forEach((value, key) => entries.push([key, value]))
        const reading = readingOf(entries, Date.now())
        if (reading === null) return
        call.quality?.add(reading)
        soundNow.set(call.quality?.now() ?? null)
        if (Date.now() - keptAt < keepEveryMs) return
        keptAt = Date.now()
        this.#keep(call)
      })
    }, sampleMs)
  }

  #keep({ quality, id }: Call): void {
    const sound = quality?.over(Date.now()) ?? null
    if (sound !== null && id !== null) keepSound(id, sound).catch(() => undefined)
  }

  /** One change after the other: a headset that is pulled out is told of twice. */
  #changeDevices(): Promise<void> {
    this.#changing = this.#changing.then(() => this.#takeDevices()).catch(() => undefined)
    return this.#changing
  }

  async #takeDevices(): Promise<void> {
    await soundAt(this.#audio, audioSettings.get().speaker)
    const call = this.#call
    if (call?.microphone == null) return
    const opened = await openMicrophone()
    if (opened === null) return
    const before = call.microphone
    const isOpen = before.getAudioTracks().every(({ enabled }) => enabled)
    // Who is not to be heard is not heard by this one either.
    for (const track of opened.getAudioTracks()) track.enabled = isOpen
    if (this.#call === call && call.answered) await call.ring.speakWith(opened)
    // What ended meanwhile has closed the one that it knew.
    if (this.#call !== call) return close(opened)
    close(before)
    this.#speakBy(call, opened)
    this.#follow()
  }

  /** A headset's own keys, where the browser passes them on. */
  #headsetKeys(): void {
    const session = navigator.mediaSession as MediaSession | undefined
    if (session === undefined) return
    const mineNow = () => {
      const { desk } = liveStore.get()
      return desk === null ? null : myCall(desk)
    }
    const hook = () => {
      const mine = mineNow()
      if (mine === null) return
      if (mine.part === 'talking') mute(mine.call.id, !mine.call.muted)
      else answerCall(mine.call.id)
    }
    const acts: Record<string, () => void> = {
      play: hook,
      pause: hook,
      togglemicrophone: hook,
      hangup: () => {
        const mine = mineNow()
        if (mine !== null && (mine.part === 'talking' || mine.part === 'dialling')) finishCall(mine.call.id)
      },
    }
    for (const [name, act] of Object.entries(acts)) {
      try {
        session.setActionHandler(name as MediaSessionAction, act)
        this.#stops.push(() => session.setActionHandler(name as MediaSessionAction, null))
      } catch {
        // A browser that does not know this key.
      }
    }
  }
}

/** What I asked for myself needs no second key: my own call, my own listening, and the conversation that I am in. */
const picksUpItself = ({ part, call }: { readonly part: Part; readonly call: CallView }): boolean =>
  part === 'placing' || part === 'talking' || (part === 'watching' && call.watch?.state === 'ringing')

const close = (stream: MediaStream) => {
  for (const track of stream.getTracks()) track.stop()
}

async function openMicrophone(): Promise<MediaStream | null> {
  try {
    return await navigator.mediaDevices.getUserMedia(microphoneWanted(audioSettings.get()))
  } catch {
    return null
  }
}

type Trouble = 'ask' | 'denied' | 'absent' | 'insecure'

/** Why there is no microphone; null when there is. Without a gesture the browser is not made to ask. */
async function microphoneTrouble(byGesture: boolean): Promise<Trouble | null> {
  if (!window.isSecureContext || (navigator.mediaDevices as MediaDevices | undefined) === undefined) return 'insecure'
  const permission = await navigator.permissions.query({ name: 'microphone' }).then(
    ({ state }) => state,
    () => 'prompt' as const,
  )
  if (permission === 'denied') return 'denied'
  if (permission === 'prompt' && !byGesture) return 'ask'
  try {
    close(await navigator.mediaDevices.getUserMedia({ audio: true }))
    return null
  } catch (error) {
    return (error as DOMException).name === 'NotAllowedError' ? 'denied' : 'absent'
  }
}
