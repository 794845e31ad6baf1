import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Session } from '../../server/contract/http.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { phoneChoiceQuery } from '../api/phones.ts'
import { ownPhone } from '../live/own-phone.ts'

const retryMs = 5_000

/** Be my phone when I chose the browser; what speaks SIP is fetched for that alone. */
export function useSoftphone(session: Session): void {
  const enabled = session.extension !== null && mayCall(session, 'GET /api/operators/me/phone/choice')
  const chosen = useQuery({ ...phoneChoiceQuery, enabled }).data?.kind === 'browser'
  useEffect(() => {
    if (!chosen) return
    let stop: (() => void) | null = null
    let stopped = false
    let again: number | undefined
    const start = () => {
      ownPhone.set({ kind: 'starting' })
      import('../softphone/softphone.ts').then(
        ({ startSoftphone }) => {
          if (!stopped) stop = startSoftphone()
        },
        () => {
          ownPhone.set({ kind: 'lost' })
          again = window.setTimeout(start, retryMs)
        },
      )
    }
    start()
    return () => {
      stopped = true
      window.clearTimeout(again)
      if (stop === null) ownPhone.set({ kind: 'none' })
      else stop()
    }
  }, [chosen])
}
