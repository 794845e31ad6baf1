import { useEffect } from 'react'
import { mayCall } from '../../server/contract/rights.ts'
import { MyCallbacks } from '../callbacks/my-callbacks.tsx'
import { DisruptionBand } from '../disruptions/band.tsx'
import { DeskPage } from '../desk/desk-page.tsx'
import { draftsOf, withHand } from '../desk/drafts.ts'
import { useSession } from './session.ts'

export function DeskRoute() {
  const session = useSession()
  const onLine = mayCall(session, 'GET /api/calls')
  const drafts = draftsOf(session.id)
  // Whoever may not see the line comes here to write a ticket.
  useEffect(() => {
    if (!onLine && drafts.get().drafts.length === 0) drafts.set(withHand(drafts.get()))
  }, [onLine, drafts])
  return (
    <DeskPage
      operatorId={session.id}
      onLine={onLine}
      mayOrder={mayCall(session, 'PUT /api/operators/:id')}
      maySupervise={mayCall(session, 'PUT /api/calls/:id/watch')}
      callbacks={MyCallbacks}
      notices={DisruptionBand}
    />
  )
}
