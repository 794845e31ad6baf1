/* Calling the desk by the browser: the sound, and beside it, to read and to press, what is said and asked. Asked for when a button is pressed. */
const gatherMs = 1_500
const soundWithinMs = 8_000
const againMs = 1_000
const lostAtMostMs = 60_000
const voice = { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } }
const clock = (ms) => {
  const s = Math.max(0, Math.round(ms / 1_000))
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`
}

/** What a caller hears while it rings: the desk's own line is silent then. */
function ringback() {
  const audio = new AudioContext()
  const gain = audio.createGain()
  const tone = audio.createOscillator()
  tone.frequency.value = 440
  gain.gain.value = 0
  for (let s = 0; s < 300; s += 5) {
    gain.gain.setValueAtTime(0.05, audio.currentTime + s)
    gain.gain.setValueAtTime(0, audio.currentTime + s + 1.5)
  }
  tone.connect(gain).connect(audio.destination)
  tone.start()
  return () => void audio.close().catch(() => undefined)
}

const gathered = (peer) =>
  new Promise((resolve) => {
    if (peer.iceGatheringState === 'complete') return resolve()
    setTimeout(resolve, gatherMs)
    peer.addEventListener('icegatheringstatechange', () => peer.iceGatheringState === 'complete' && resolve())
  })

let busy = false

/** Kept in this tab alone, so that a page that is loaded anew says what became of its call, and comes back to its place. */
const kept = 'guichet-appel'
const keep = (token) => {
  try {
    if (token === null) sessionStorage.removeItem(kept)
    else sessionStorage.setItem(kept, JSON.stringify({ token, at: Date.now() }))
  } catch {
    // Without storage, the place is lost with the page.
  }
}

/** @param root the part of the page that calls, with its words @param after the token of the call that this page lost */
export async function call(root, after) {
  if (busy) return
  busy = true
  const part = (name) => root.querySelector(`[data-call-${name}]`)
  const [before, now, end, title, time, hint] = ['before', 'now', 'end', 'title', 'time', 'hint'].map(part)
  const [choices, said, keys, typed, mute, stop, unheard] = ['choices', 'said', 'keys', 'typed', 'mute', 'stop', 'unheard'].map(part)
  const words = root.dataset
  const sound = new Audio()
  const quiet = new AbortController()
  const { signal } = quiet
  let [over, microphone, peer, sender, socket, token, hush, since, lostAt] = [false, null, null, null, null, null, null, null, null]

  const ring = (rings) => {
    if (rings) hush ??= ringback()
    else hush = hush?.() ?? null
  }

  const finish = (text) => {
    if (over) return
    over = true
    busy = false
    keep(null)
    quiet.abort()
    ring(false)
    for (const track of microphone?.getTracks() ?? []) track.stop()
    peer?.close()
    socket?.close(1000)
    sound.srcObject = null
    const here = now.contains(document.activeElement)
    now.hidden = true
    before.hidden = false
    end.hidden = false
    // A part that is shown and filled at once is not read aloud.
    requestAnimationFrame(() => (end.textContent = text))
    if (here) part('start').focus()
  }
  const send = (word) => socket?.readyState === WebSocket.OPEN && socket.send(JSON.stringify(word))
  const on = (target, event, act, capture = false) => target.addEventListener(event, act, { signal, capture })

  end.textContent = ''
  end.hidden = true
  for (const hidden of [choices, said, keys, unheard]) hidden.hidden = true
  for (const text of [time, hint, typed]) text.textContent = ''
  mute.disabled = true
  mute.setAttribute('aria-pressed', 'false')
  before.hidden = true
  now.hidden = false
  title.textContent = words.asking
  stop.focus()

  const hangUp = () => {
    send({ type: 'end' })
    // The desk says how it ended; unless it cannot.
    if (socket?.readyState !== WebSocket.OPEN) return finish('')
    stop.setAttribute('aria-disabled', 'true')
    setTimeout(() => finish(''), 3_000)
  }
  stop.removeAttribute('aria-disabled')
  on(stop, 'click', hangUp)
  on(mute, 'click', () => {
    const muted = mute.getAttribute('aria-pressed') !== 'true'
    mute.setAttribute('aria-pressed', String(muted))
    for (const track of microphone.getAudioTracks()) track.enabled = !muted
  })
  // One that is pulled out gives way to another; whoever has none reads that nobody hears them, until one is plugged in.
  const isGone = () => microphone.getAudioTracks().every(({ readyState }) => readyState === 'ended')
  const speakAgain = async () => {
    const opened = await navigator.mediaDevices.getUserMedia(voice).catch(() => null)
    const [track] = opened?.getAudioTracks() ?? []
    // Told twice of one plug: the first to come serves.
    if (over || !isGone()) return track?.stop()
    unheard.hidden = track !== undefined
    if (track === undefined) return requestAnimationFrame(() => (unheard.textContent = words.unheard))
    unheard.textContent = ''
    track.enabled = mute.getAttribute('aria-pressed') !== 'true'
    speakBy(opened)
    return sender.replaceTrack(track).catch(() => undefined)
  }
  const speakBy = (stream) => {
    microphone = stream
    for (const track of stream.getAudioTracks()) on(track, 'ended', () => void speakAgain())
  }
  const press = (key) => {
    const tones = sender?.dtmf
    if (!tones?.canInsertDTMF) return
    tones.insertDTMF(tones.toneBuffer + key, 150, 80)
    if (now.dataset.figures === 'yes') typed.textContent = `${typed.textContent}${key}`.slice(-15)
  }
  on(now, 'click', ({ target }) => {
    const key = target.closest('[data-key]')?.dataset.key
    if (key !== undefined) press(key)
  })
  on(now, 'keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    // A French keyboard's digits are theirs without Shift.
    const digit = event.shiftKey || event.key.length > 1 ? undefined : /^Digit(\d)$/.exec(event.code)?.[1]
    const key = /^[\d*#]$/.test(event.key) ? event.key : digit
    if (key === undefined) return
    event.preventDefault()
    press(key)
  })
  // What is opened meanwhile opens beside: this page holds the call.
  const beside = (event) => {
    const link = event.target.closest?.(event.type === 'submit' ? 'form' : 'a[href]')
    if (link && !root.contains(link) && !link.getAttribute('href')?.startsWith('tel:')) link.target = '_blank'
  }
  on(document, 'click', beside, true)
  on(document, 'submit', beside, true)
  // The browser asks in its own words; ours stand on the page behind.
  on(window, 'beforeunload', (event) => {
    event.preventDefault()
    hint.textContent = words.leave
  })
  // Where it stood is of the moment when it was left.
  on(window, 'pagehide', () => token !== null && keep(token))

  if (!window.isSecureContext) return finish(words.insecure)
  if (!('RTCPeerConnection' in window) || !navigator.mediaDevices) return finish(words.unsupported)
  try {
    microphone = await navigator.mediaDevices.getUserMedia(voice)
  } catch (error) {
    return finish(error.name === 'NotAllowedError' ? words.denied : words.absent)
  }
  if (over) return microphone.getTracks().forEach((track) => track.stop())
  title.textContent = words.connecting
  try {
    peer = new RTCPeerConnection()
    sender = peer.addTrack(microphone.getAudioTracks()[0], microphone)
    speakBy(microphone)
    on(navigator.mediaDevices, 'devicechange', () => isGone() && void speakAgain())
    on(peer, 'track', ({ streams, track }) => {
      sound.srcObject = streams[0] ?? new MediaStream([track])
      void sound.play().catch(() => undefined)
    })
    on(peer, 'connectionstatechange', () => {
      if (peer.connectionState !== 'failed') return
      send({ type: 'end' })
      finish(words.media)
    })
    await peer.setLocalDescription(await peer.createOffer())
    await gathered(peer)
  } catch {
    return finish(words.unsupported)
  }

  const fields = new URLSearchParams(words.ticket === undefined ? {} : { demande: words.ticket })
  const answer = await fetch('/appel', { method: 'POST', body: fields, credentials: 'same-origin' }).catch(() => null)
  const given = await answer?.json().catch(() => null)
  if (over) return
  if (!answer?.ok) return finish(given?.text ?? words.network)
  token = given.token
  keep(token)

  const draw = (view) => {
    lostAt = null
    title.textContent = view.title
    hint.textContent = view.hint === '' ? words.leave : view.hint
    since = Date.now() - view.seconds * 1_000
    now.dataset.state = view.state
    if (view.said.length > 0) {
      said.lastElementChild.replaceChildren(
        ...view.said.map(({ text, lang }) => Object.assign(document.createElement('p'), { textContent: text, lang })),
      )
      said.hidden = false
    }
    if (view.state === 'talking') said.hidden = true
    const buttons = JSON.stringify(view.choices)
    if (choices.dataset.shown !== buttons) {
      choices.dataset.shown = buttons
      const kept = choices.contains(document.activeElement) ? document.activeElement.textContent : null
      choices.replaceChildren(
        ...view.choices.map(({ key, label }) => {
          const button = Object.assign(document.createElement('button'), { type: 'button', className: 'button', textContent: label })
          button.dataset.key = key
          return button
        }),
      )
      choices.hidden = view.choices.length === 0
      if (kept !== null) ([...choices.children].find((one) => one.textContent === kept) ?? stop).focus()
    }
    keys.hidden = view.state === 'ringing'
    if (view.figures && now.dataset.figures !== 'yes') {
      typed.textContent = ''
      keys.open = true
      keys.querySelector('button').focus()
    }
    now.dataset.figures = view.figures ? 'yes' : 'no'
    ring(view.state === 'ringing')
  }
  const answered = async (sdp) => {
    try {
      await peer.setRemoteDescription({ type: 'answer', sdp })
    } catch {
      send({ type: 'end' })
      return finish(words.media)
    }
    mute.disabled = false
    setTimeout(() => {
      if (over || peer.connectionState === 'connected') return
      send({ type: 'end' })
      finish(words.media)
    }, soundWithinMs)
    return undefined
  }
  const connect = (first) => {
    socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/appel/ligne`)
    let heard = false
    socket.addEventListener('open', () => send(first ? { type: 'call', token, offer: peer.localDescription.sdp, ...(after && { after }) } : { type: 'back', token }))
    socket.addEventListener('message', ({ data }) => {
      if (over) return
      heard = true
      const word = JSON.parse(data)
      if (word.type === 'answer') void answered(word.sdp)
      else if (word.type === 'state') draw(word)
      else finish(word.text)
    })
    socket.addEventListener('close', () => {
      if (over) return
      if (first && !heard) return finish(words.network)
      lostAt ??= Date.now()
      if (Date.now() - lostAt > lostAtMostMs) return finish(words.network)
      title.textContent = words.lost
      setTimeout(() => !over && connect(false), againMs)
      return undefined
    })
  }
  const tick = setInterval(() => {
    if (over) return clearInterval(tick)
    time.textContent = since === null ? '' : clock(Date.now() - since)
    return undefined
  }, 1_000)
  connect(true)
}
