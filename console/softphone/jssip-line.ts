import JsSIP from 'jssip'
import type { RTCSession } from 'jssip/lib/RTCSession'
import type { Line, OpenLine, Ring } from './line.ts'

/** One host, no relay: the candidates of this computer are there at once. */
const gatheringMs = 500
const retryMs = [500, 1_000, 2_000, 4_000, 8_000] as const

/** The line by JsSIP, over one WebSocket. */
export const openJsSipLine: OpenLine = async (address, signIn, events) => {
  const account = await signIn()
  const ua = new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(address)],
    uri: `sip:${account.login}@${account.realm}`,
    password: account.password,
    realm: account.realm,
    register: true,
    register_expires: 60,
    session_timers: false,
    user_agent: 'Guichet unique',
    connection_recovery_min_interval: 1,
    connection_recovery_max_interval: 8,
  })
  let stopped = false
  let refused = 0
  ua.on('registered', () => {
    refused = 0
    events.onReady()
  })
  ua.on('unregistered', () => {
    if (!stopped) events.onLost(null)
  })
  ua.on('disconnected', ({ code }) => {
    if (!stopped) events.onLost(code ?? null)
  })
  ua.on('registrationFailed', () => {
    if (stopped) return
    events.onLost(null)
    // The service was started anew, and has another password for us.
    const wait = retryMs[Math.min(refused, retryMs.length - 1)] ?? 8_000
    refused += 1
    window.setTimeout(() => {
      if (stopped) return
      signIn().then(
        ({ password }) => {
          ua.set('password', password)
          if (ua.isConnected()) ua.register()
        },
        () => undefined,
      )
    }, wait)
  })
  ua.on('newRTCSession', ({ originator, session }: { originator: string; session: RTCSession }) => {
    if (originator === 'remote') events.onRing(ringOf(session))
  })
  ua.start()
  const line: Line = {
    stop: () => {
      stopped = true
      ua.stop()
    },
  }
  return line
}

function ringOf(session: RTCSession): Ring {
  const sounds = new Set<(stream: MediaStream) => void>()
  session.on('peerconnection', ({ peerconnection }) => {
    // The network has changed beyond what ICE mends: the service rings again, over the new one.
    peerconnection.addEventListener('iceconnectionstatechange', () => {
      if (peerconnection.iceConnectionState === 'failed' && !session.isEnded()) session.terminate()
    })
    peerconnection.addEventListener('track', ({ streams, track }) => {
      for (const hear of sounds) hear(streams[0] ?? new MediaStream([track]))
    })
  })
  let ready: (() => void) | null = null
  session.on('icecandidate', (event) => {
    if (ready === null) window.setTimeout(() => ready?.(), gatheringMs)
    ready = event.ready
  })
  return {
    answer: (microphone) => session.answer({ mediaStream: microphone, pcConfig: { iceServers: [] } }),
    end: () => {
      if (!session.isEnded()) session.terminate()
    },
    onSound: (hear) => sounds.add(hear),
    onEnd: (over) => {
      session.on('ended', over)
      session.on('failed', over)
    },
    mute: (on) => {
      if (on) session.mute({ audio: true })
      else session.unmute({ audio: true })
    },
    speakWith: async (microphone) => {
      const [track] = microphone.getAudioTracks()
      const sender = peerOf(session)
        ?.getSenders()
        .find((one) => one.track?.kind === 'audio')
      if (track !== undefined) await sender?.replaceTrack(track)
    },
    stats: async () => (await peerOf(session)?.getStats()) ?? null,
  }
}

const peerOf = (session: RTCSession): RTCPeerConnection | null => (session as { connection?: RTCPeerConnection | null }).connection ?? null
