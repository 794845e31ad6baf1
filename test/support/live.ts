import { io, type Socket } from 'socket.io-client'
import type { CallView, OperatorView } from '../../server/contract/entities.ts'
import type { ClientEvents, DeskChange, DeskSnapshot, DialRefused, Pop, ServerEvents } from '../../server/contract/live.ts'
import type { SignedIn } from './service-process.ts'

/** A console's ear: the desk as its events tell it, each with the moment it came. */
export class Live {
  readonly pops: { readonly at: number; readonly pop: Pop }[] = []
  readonly ended: DeskChange['ended'][number][] = []
  readonly stale: string[] = []
  readonly refused: DialRefused[] = []
  readonly calls = new Map<string, CallView>()
  readonly operators = new Map<string, OperatorView>()
  readonly seen: { readonly at: number; readonly change: DeskChange }[] = []
  snapshot: DeskSnapshot | null = null
  readonly #socket: Socket<ServerEvents, ClientEvents>
  readonly #waiting = new Set<() => void>()

  private constructor(socket: Socket<ServerEvents, ClientEvents>) {
    this.#socket = socket
    socket.on('desk', (desk) => {
      this.snapshot = desk
      this.calls.clear()
      this.operators.clear()
      this.#merge(desk.calls, desk.operators)
    })
    socket.on('change', (change) => {
      this.seen.push({ at: Date.now(), change })
      for (const { id } of change.ended) this.calls.delete(id)
      this.ended.push(...change.ended)
      this.#merge(change.calls, change.operators)
    })
    socket.on('pop', (pop) => {
      this.pops.push({ at: Date.now(), pop })
      this.#wake()
    })
    socket.on('dialRefused', (refused) => {
      this.refused.push(refused)
      this.#wake()
    })
    socket.on('stale', (what) => {
      this.stale.push(what)
      this.#wake()
    })
  }

  static async of({ url, cookie }: SignedIn): Promise<Live> {
    const socket: Socket<ServerEvents, ClientEvents> = io(url, {
      extraHeaders: { cookie },
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 200,
    })
    const live = new Live(socket)
    await live.until('a first snapshot', () => live.snapshot !== null)
    return live
  }

  /** The only call there is. */
  get call(): CallView | undefined {
    return [...this.calls.values()][0]
  }

  /** Wait until what has been heard makes it true. */
  async until(what: string, holds: () => boolean, withinMs = 15_000): Promise<void> {
    if (holds()) return
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(check)
        reject(
          new Error(
            `never heard of ${what} in ${withinMs} ms; calls: ${JSON.stringify([...this.calls.values()].slice(0, 20))} of ${this.calls.size}; operators: ${JSON.stringify([...this.operators.values()].map((o) => [o.id, o.state, o.reason]))}; ended: ${JSON.stringify(this.ended)}`,
          ),
        )
      }, withinMs)
      const check = () => {
        if (!holds()) return
        clearTimeout(timer)
        this.#waiting.delete(check)
        resolve()
      }
      this.#waiting.add(check)
    })
  }

  close(): void {
    this.#socket.disconnect()
  }

  #merge(calls: readonly CallView[], operators: readonly OperatorView[]): void {
    for (const call of calls) this.calls.set(call.id, call)
    for (const operator of operators) this.operators.set(operator.id, operator)
    this.#wake()
  }

  #wake(): void {
    for (const check of this.#waiting) check()
  }
}
