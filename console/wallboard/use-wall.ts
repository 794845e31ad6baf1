import { useEffect, useState } from 'react'
import { io, type Socket } from 'socket.io-client'
import { type WallBoard, type WallEvents, wallNamespace } from '../../server/contract/walls.ts'

export type Wall = {
  readonly board: WallBoard | null
  /** Milliseconds to add to this computer's clock to have the server's. */
  readonly offsetMs: number
  /** When the board was last heard, by this computer's clock. */
  readonly heardAt: number
  readonly link: 'connecting' | 'live' | 'lost' | 'refused'
}

/** An address that was taken back may be a database that was restored: one looks again. */
const againMs = 30_000

/** The board of an address, live; it comes back by itself. */
export function useWall(key: string): Wall {
  const [wall, setWall] = useState<Wall>({ board: null, offsetMs: 0, heardAt: 0, link: 'connecting' })
  useEffect(() => {
    const socket: Socket<WallEvents> = io(wallNamespace, {
      auth: { key },
      withCredentials: false,
      reconnectionDelay: 500,
      reconnectionDelayMax: 3_000,
    })
    let again: number | null = null
    const retry = (afterMs: number) => {
      again ??= window.setTimeout(() => {
        again = null
        socket.connect()
      }, afterMs)
    }
    socket.on('board', (board) => {
      const heardAt = Date.now()
      setWall({ board, offsetMs: Date.parse(board.now) - heardAt, heardAt, link: 'live' })
    })
    socket.on('disconnect', (reason) => {
      setWall((last) => ({ ...last, link: 'lost' }))
      if (reason === 'io server disconnect') retry(500)
    })
    socket.on('connect_error', (error) => {
      const refused = error.message === 'not_found'
      setWall((last) => (refused ? { ...last, board: null, link: 'refused' } : { ...last, link: 'lost' }))
      if (!socket.active) retry(refused ? againMs : 3_000)
    })
    return () => {
      if (again !== null) window.clearTimeout(again)
      socket.close()
    }
  }, [key])
  return wall
}

/** This computer's clock, renewed each second. */
export function useSecond(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const tick = window.setInterval(() => setNow(Date.now()), 1_000)
    return () => window.clearInterval(tick)
  }, [])
  return now
}
