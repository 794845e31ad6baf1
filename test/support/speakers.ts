import { expect } from 'vitest'
import type { DeskLine } from './desk-line.ts'
import { freeUdpPorts } from './free-port.ts'
import { RtpPeer } from './rtp.ts'
import { once, type Party } from './sipp.ts'
import { hum, levelAt, rms } from './sound.ts'

/** Somebody who hums at a pitch of their own. */
export type Speaker = { readonly ear: RtpPeer; readonly hz: number; readonly phone: Party }

export const ringing = (phone: Party) =>
  once(() => phone.messages().some(({ line }) => line.includes(' 180 ')), 10_000, 'the ringing phone')
export const speaks = async ({ ear, hz, phone }: Speaker) => {
  await ear.speaksFor(phone)
  ear.speak(hum(hz))
}
/** Three seconds of what these hear, and others meanwhile, from now on. */
export const listens = async (speakers: readonly Speaker[], others: readonly Speaker[] = []) => {
  await once(() => speakers.every(({ ear }) => ear.heardMs > 200), 10_000, 'sound')
  for (const { ear } of [...speakers, ...others]) ear.forget()
  await once(() => speakers.every(({ ear }) => ear.heardMs > 3_000), 15_000, 'three seconds of sound')
}
export const hears = (one: Speaker, other: Speaker) => levelAt(one.ear.heard(), other.hz) > 0.05

/** Each of these hears all the others, and none of those who are apart, from now on. */
export async function talkTogether(inside: readonly Speaker[], apart: readonly Speaker[] = []): Promise<void> {
  await listens(inside, apart)
  for (const one of inside) {
    expect(inside.filter((other) => other !== one && !hears(one, other)).map(({ hz }) => hz)).toEqual([])
    expect(apart.filter((other) => hears(one, other) || hears(other, one)).map(({ hz }) => hz)).toEqual([])
  }
}

export async function hearsMusic(one: Speaker, not: readonly Speaker[]): Promise<void> {
  await listens([one])
  expect(rms(one.ear.heard())).toBeGreaterThan(0.002)
  expect(not.filter((other) => hears(one, other))).toEqual([])
}

/** Operators at phones of their own and callers, each of whom can be told from the others by ear. */
export class Speakers {
  readonly #desk: DeskLine
  readonly #ears: RtpPeer[] = []
  readonly #ports = new Map<string, number>()

  constructor(desk: DeskLine) {
    this.#desk = desk
  }

  /** Where an operator's phone is, the same in every test. */
  async port(login: string): Promise<number> {
    const [port = 0] = this.#ports.has(login) ? [this.#ports.get(login)] : await freeUdpPorts(1)
    this.#ports.set(login, port)
    return port
  }

  async speaker(hz: number, phone: (rtpPort: number) => Promise<Party>): Promise<Speaker> {
    const ear = await RtpPeer.open()
    this.#ears.push(ear)
    return { ear, hz, phone: await phone(ear.port) }
  }

  async operator(login: string, hz: number, scenario: string) {
    const port = await this.port(login)
    const { me, live } = await this.#desk.registered(login, port)
    return { me, live, who: await this.speaker(hz, (rtpPort) => this.#desk.phone(scenario, { port, rtpPort })) }
  }

  /** Alice talks to a caller; the others are as their parties are. */
  async conversation() {
    const alice = await this.operator('alice', 400, 'phone-answers-at-once')
    const caller = await this.speaker(600, (rtpPort) => this.#desk.caller({ rtpPort }))
    await alice.live.until('the conversation', () => alice.live.call?.status === 'talking')
    await caller.phone.answered()
    await speaks(caller)
    await speaks(alice.who)
    const id = alice.live.call?.id ?? ''
    const ask = (method: 'POST' | 'DELETE' | 'PUT', verb: string, body?: object) =>
      alice.me.ask(method, `/api/calls/${encodeURIComponent(id)}/${verb}`, body)
    return { ...alice, caller, id, ask }
  }

  /** End what the last test's people heard. */
  hush(): void {
    for (const peer of this.#ears.splice(0)) peer.close()
  }
}
