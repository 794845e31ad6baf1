import { type ComponentProps, useEffect } from 'react'
import { mayCall } from '../../server/contract/rights.ts'
import { DeskPage } from '../desk/desk-page.tsx'
import { isUntouched } from '../desk/draft.ts'
import { draftsOf, withHand } from '../desk/drafts.ts'
import { later } from '../ui/later.tsx'
import { useSession } from './session.ts'
import type { MyCallbacks as Callbacks } from '../callbacks/my-callbacks.tsx'
import type { DisruptionBand as Band } from '../disruptions/band.tsx'

const MyCallbacks = later<ComponentProps<typeof Callbacks>>(async () => (await import('../callbacks/my-callbacks.tsx')).MyCallbacks)
const DisruptionBand = later<ComponentProps<typeof Band>>(async () => (await import('../disruptions/band.tsx')).DisruptionBand)

export function DeskRoute() {
  const session = useSession()
  const onLine = mayCall(session, 'GET /api/calls')
  const drafts = draftsOf(session.id)
  // Whoever may not see the line comes here to write a ticket.
  useEffect(() => {
    if (!onLine && drafts.get().drafts.every(isUntouched)) drafts.set(withHand(drafts.get(), session))
  }, [onLine, drafts, session])
  return (
    <DeskPage
      operatorId={session.id}
      role={session.role}
      onLine={onLine}
      mayOrder={mayCall(session, 'PUT /api/operators/:id')}
      maySupervise={mayCall(session, 'PUT /api/calls/:id/watch')}
      callbacks={MyCallbacks}
      notices={DisruptionBand}
    />
  )
}
