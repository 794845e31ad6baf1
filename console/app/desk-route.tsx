import { MyCallbacks } from '../callbacks/my-callbacks.tsx'
import { DeskPage } from '../desk/desk-page.tsx'
import { useSession } from './session.ts'

export function DeskRoute() {
  const { id, role } = useSession()
  return (
    <DeskPage
      operatorId={id}
      mayOrder={role === 'supervisor' || role === 'administrator'}
      maySupervise={role === 'supervisor'}
      callbacks={MyCallbacks}
    />
  )
}
