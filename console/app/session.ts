import { createContext, useContext } from 'react'
import type { Session } from '../../server/contract/http.ts'

export const SessionContext = createContext<Session | null>(null)

/** Who is signed in. @throws outside the console. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('no session here')
  return session
}
