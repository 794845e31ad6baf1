import type { Server } from 'socket.io'
import { wallBoard, type WallBoard, wallNamespace } from '../../server/contract/walls.ts'

export const wallKey = 'abcdefgh-abcdefghijklmnopqrst'

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

const sampleBoard = (): WallBoard => ({
  now: new Date().toISOString(),
  build: null,
  desk: 'Guichet unique du Numérique',
  logo: null,
  scheme: 'auto',
  sound: true,
  open: true,
  telephony: true,
  next: null,
  waiting: 3,
  oldestAt: minutesAgo(0.5),
  kept: 1,
  attentionS: 60,
  alarmS: 900,
  operators: [
    { shown: 'Alice', state: 'talking', since: minutesAgo(4) },
    { shown: 'Bruno', state: 'ready', since: minutesAgo(1) },
    { shown: 'Chloé', state: 'paused', since: minutesAgo(9) },
  ],
  inTimeS: 60,
  shortS: 10,
  counts: {
    at: new Date().toISOString(),
    offered: 138,
    answered: 127,
    abandoned: 9,
    serviceLevel: 0.864,
    asaS: 34,
    owed: 4,
    owedLate: 0,
    toTakeUp: 11,
  },
  disruptions: [],
})

/** The big screen's side of the contract: what a test says the desk is like. */
export class FakeWall {
  board = sampleBoard()
  readonly #of: ReturnType<Server['of']>

  constructor(io: Pick<Server, 'of'>) {
    this.#of = io.of(wallNamespace)
    this.#of.use((socket, next) => next(socket.handshake.auth['key'] === wallKey ? undefined : new Error('not_found')))
    this.#of.on('connection', (socket) => socket.emit('board', wallBoard.parse(this.board)))
  }

  /** The desk is now like this. */
  tell(change: Partial<WallBoard>): void {
    this.board = { ...this.board, now: new Date().toISOString(), ...change }
    this.#of.emit('board', wallBoard.parse(this.board))
  }

  cut(): void {
    this.#of.disconnectSockets(true)
  }
}
