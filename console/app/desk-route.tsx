import { DeskPage } from '../desk/desk-page.tsx'
import { useSession } from './session.ts'

export function DeskRoute() {
  return <DeskPage operatorId={useSession().id} />
}
