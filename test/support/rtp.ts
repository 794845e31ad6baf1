import { createSocket, type Socket } from 'node:dgram'
import { once, type Party } from './sipp.ts'
import { heardParts } from './sound.ts'

const frame = 160
const frameMs = 20

/** G.711 A-law, ITU-T G.711. */
const decoded = Int16Array.from({ length: 256 }, (_, code) => {
  const c = code ^ 0x55
  const exponent = (c & 0x70) >> 4
  const mantissa = (c & 0x0f) << 4
  const magnitude = exponent === 0 ? mantissa + 8 : (mantissa + 0x108) << (exponent - 1)
  return (c & 0x80) === 0 ? -magnitude : magnitude
})
const encoded = (() => {
  const table = new Uint8Array(65_536)
  const codes = Array.from(decoded, (value, code) => ({ value, code })).sort((a, b) => a.value - b.value)
  let at = 0
  for (let sample = -32_768; sample < 32_768; sample += 1) {
    while (at + 1 < codes.length && Math.abs((codes[at + 1]?.value ?? 0) - sample) <= Math.abs((codes[at]?.value ?? 0) - sample)) at += 1
    table[sample + 32_768] = codes[at]?.code ?? 0xd5
  }
  return table
})()

/** One party's ear and mouth: receives RTP as 8 kHz samples, sends a voice in real time and telephone keys (RFC 4733). */
export class RtpPeer {
  readonly #socket: Socket
  readonly #heard: Int16Array[] = []
  #peer: { readonly port: number; readonly address: string } | null = null
  #timer: NodeJS.Timeout | null = null
  #sequence = 0
  #timestamp = 0
  #heardSamples = 0
  #open: (packet: Buffer) => Buffer = (packet) => packet

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('message', (came, from) => {
      const packet = this.#open(came)
      this.#peer = { port: from.port, address: from.address }
      if (packet.length > 12 && ((packet[1] ?? 0) & 0x7f) === 8) {
        const samples = Int16Array.from(packet.subarray(12), (code) => decoded[code] ?? 0)
        this.#heard.push(samples)
        this.#heardSamples += samples.length
      }
    })
  }

  static async open(): Promise<RtpPeer> {
    const socket = createSocket('udp4')
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    return new RtpPeer(socket)
  }

  get port(): number {
    return this.#socket.address().port
  }

  /** Samples heard so far, one after another as they came. */
  heard(): Int16Array {
    const all = new Int16Array(this.#heardSamples)
    let at = 0
    for (const samples of this.#heard) {
      all.set(samples, at)
      at += samples.length
    }
    return all
  }

  get heardMs(): number {
    return this.#heardSamples / 8
  }

  /** Until a sound was heard, which is looked for in each further half second. */
  async hears(source: Int16Array, withinMs: number, what: string): Promise<void> {
    let lookedForMs = 0
    const heard = (): boolean => {
      if (this.heardMs < lookedForMs + 500) return false
      lookedForMs = this.heardMs
      return heardParts(this.heard(), source) > 0.4
    }
    await once(heard, withinMs, what)
  }

  /** Send to where the desk's SDP to this party says, before anything was heard. */
  async speaksFor(party: Pick<Party, 'rtpTarget'>): Promise<void> {
    await once(() => party.rtpTarget() !== null, 5_000, 'the desk’s address for sound')
    this.#peer = { port: party.rtpTarget() ?? 0, address: '127.0.0.1' }
  }

  /** Hear from now on what `open` makes of each packet. */
  through(open: (packet: Buffer) => Buffer): void {
    this.#open = open
    this.forget()
  }

  forget(): void {
    this.#heard.length = 0
    this.#heardSamples = 0
  }

  /** Say `voice` over and over, in real time, to where sound came from, or to where `speaksFor` said. */
  speak(voice: Int16Array): void {
    let at = 0
    const since = performance.now()
    const say = () => {
      const samples = Uint8Array.from({ length: frame }, (_, i) => encoded[(voice[(at + i) % voice.length] ?? 0) + 32_768] ?? 0xd5)
      at += frame
      this.#send(8, samples, false)
      this.#timestamp += frame
    }
    // A busy machine calls late: what is due by then is said all the same.
    this.#timer ??= setInterval(() => {
      while ((at / frame) * frameMs < performance.now() - since) say()
    }, frameMs)
  }

  /** Stop saying it. */
  hush(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  /** Press a key for 100 ms. */
  press(key: string): void {
    const event = '0123456789*#'.indexOf(key)
    const from = this.#timestamp
    for (let i = 1; i <= 5; i += 1) this.#send(101, Uint8Array.of(event, 10, (i * frame) >> 8, (i * frame) & 0xff), i === 1, from)
    for (let i = 0; i < 3; i += 1) this.#send(101, Uint8Array.of(event, 0x8a, (5 * frame) >> 8, (5 * frame) & 0xff), false, from)
    this.#timestamp += 5 * frame
  }

  close(): void {
    this.hush()
    this.#socket.close()
  }

  #send(type: number, payload: Uint8Array, marker: boolean, timestamp = this.#timestamp): void {
    if (this.#peer === null) return
    const packet = Buffer.alloc(12 + payload.length)
    packet[0] = 0x80
    packet[1] = type | (marker ? 0x80 : 0)
    packet.writeUInt16BE(this.#sequence & 0xffff, 2)
    packet.writeUInt32BE(timestamp >>> 0, 4)
    packet.writeUInt32BE(0x67756963, 8)
    packet.set(payload, 12)
    this.#sequence += 1
    this.#socket.send(packet, this.#peer.port, this.#peer.address)
  }
}
