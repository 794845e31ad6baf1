import type { SettingsView } from '../../server/contract/settings.ts'
import type { DeskLine } from '../support/desk-line.ts'
import type { SignedIn } from '../support/service-process.ts'
import { openPeer, type PeerQueue, peerNumber } from './peer.ts'

const operators = ['alice', 'bruno', 'chloe']
/** The least a phone may ring, and no pause between two conversations: what app_queue is given too. */
const asFastAsCan = { ringSeconds: 5, wrapUpSeconds: 0, missesBeforePause: 10 }

/** One of the two queues under comparison, on one Asterisk, with the same phones. */
export type Side = {
  readonly name: 'desk' | 'app_queue'
  /** What a caller dials to wait there. */
  readonly number: string
  /** So many operators take calls, the others none. */
  staff(phones: number, announcing?: boolean): Promise<void>
  waiting(): Promise<number>
}
export type Sides = { readonly desk: Side; readonly peer: Side }

/** Prepare both queues of a desk line. */
export async function openSides(line: DeskLine): Promise<Sides> {
  const sophie = await line.service.signIn('sophie')
  const { version } = (await sophie.ask<SettingsView>('GET', '/api/settings')).body.desk
  const { status } = await sophie.ask('PUT', '/api/settings/desk', { version, value: asFastAsCan })
  if (status !== 200) throw new Error(`the desk's settings were refused: ${status}`)
  const staff = await Promise.all(operators.map((login) => line.service.signIn(login)))
  return { desk: deskSide(sophie, staff), peer: await peerSide(line) }
}

function deskSide(sophie: SignedIn, staff: readonly SignedIn[]): Side {
  return {
    name: 'desk',
    number: 'guichet',
    staff: async (phones) => {
      for (const [index, operator] of staff.entries()) await operator.state(index < phones ? 'ready' : 'offline')
    },
    waiting: async () => (await sophie.ask<{ waiting: unknown[] }>('GET', '/api/calls')).body.waiting.length,
  }
}

async function peerSide(line: DeskLine): Promise<Side> {
  const peer = await openPeer(line)
  const port = line.lines[0] ?? 0
  let queue: PeerQueue = 'quiet-queue'
  return {
    name: 'app_queue',
    number: peerNumber,
    staff: (phones, announcing = false) => {
      queue = announcing ? 'announcing-queue' : 'quiet-queue'
      return peer.staff(queue, phones, port)
    },
    waiting: async () => peer.waiting(queue),
  }
}
