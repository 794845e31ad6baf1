/** A telephone line in the browser, whatever library speaks SIP: our own words for what the console needs of it. */
type LineEvents = {
  /** Registered: it can be rung. */
  readonly onReady: () => void
  /** Not registered any more; the line goes on trying. @param code how the connection was ended, when the other end said */
  readonly onLost: (code: number | null) => void
  readonly onRing: (ring: Ring) => void
}

export type Line = {
  /** End it for good; what is said on it ends too. */
  stop(): void
}

/** A call that rings here, then is talked on. */
export type Ring = {
  /** Pick up with this microphone. */
  answer(microphone: MediaStream): void
  /** Hear nothing of it any more. */
  end(): void
  /** The other end is heard: play this. */
  onSound(hear: (stream: MediaStream) => void): void
  /** It is over, whoever ended it. */
  onEnd(over: () => void): void
  mute(on: boolean): void
  /** Speak with another microphone from now on. */
  speakWith(microphone: MediaStream): Promise<void>
  /** Null before it is picked up. */
  stats(): Promise<RTCStatsReport | null>
}

/** How a line signs in; asked again each time a sign-in is refused. */
type SignIn = () => Promise<{ readonly login: string; readonly password: string; readonly realm: string }>
export type OpenLine = (address: string, signIn: SignIn, events: LineEvents) => Promise<Line>
