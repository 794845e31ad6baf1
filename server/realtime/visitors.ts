import type { Namespace, Server } from 'socket.io'
import { type FromVisitor, visitorNamespace, type VisitorEvents } from '../contract/shared-page.ts'

type Screens = Namespace<FromVisitor, VisitorEvents, Record<string, never>, { room: string }>

/** What a page wants to hear of: its own shared page, or one request. */
type Topic = { readonly of: 'page' } | { readonly of: 'request'; readonly number: number }

export type VisitorPorts = {
  /** The room of what this visitor may hear of, or null. @param cookie of the page's own visit */
  readonly admit: (cookie: string | undefined, topic: Topic) => Promise<string | null>
  /** Somebody has come to a room, or the last one has left it. */
  readonly onPresence: (room: string) => void
  readonly onTypes: (room: string) => void
  /** What was new has been read. */
  readonly onSeen: (room: string) => void
}

/** More than so many screens of one room are somebody's mistake, or worse. */
const mostInRoom = 20

/** The public's own pages, told that there is something new to read; what it is they ask for over HTTP, where rights live. */
export class Visitors {
  readonly #screens: Screens

  constructor(io: Pick<Server, 'of'>, { admit, onPresence, onTypes, onSeen }: VisitorPorts) {
    this.#screens = io.of(visitorNamespace)
    this.#screens.use((socket, next) => {
      admit(socket.handshake.headers.cookie, topicOf(socket.handshake.auth)).then(
        (room) => {
          if (room === null || this.here(room) >= mostInRoom) return next(new Error('not_found'))
          socket.data.room = room
          next()
        },
        () => next(new Error('database_away')),
      )
    })
    this.#screens.on('connection', (socket) => {
      const { room } = socket.data
      void socket.join(room)
      onPresence(room)
      socket.on('types', () => onTypes(room))
      socket.on('seen', () => onSeen(room))
      socket.on('disconnect', () => onPresence(room))
    })
  }

  /** How many screens are in a room. */
  here(room: string): number {
    return this.#screens.adapter.rooms.get(room)?.size ?? 0
  }

  tell(room: string): void {
    this.#screens.to(room).emit('news')
  }
}

function topicOf(auth: Readonly<Record<string, unknown>>): Topic {
  const number = Number(auth['number'])
  return Number.isInteger(number) && number > 0 ? { of: 'request', number } : { of: 'page' }
}
