import type { RotaDay } from '../../server/contract/rota.ts'
import { changeShift } from '../api/rota.ts'
import { tellWhyNot } from './why-not.ts'

type Shift = RotaDay['shifts'][number]

/** Put a presence elsewhere; the keyboard stays on it, wherever it is drawn then. */
export function moveTo({ id, operatorId, post }: Shift, to: Pick<Shift, 'day' | 'from' | 'to'>): void {
  changeShift(id, { operatorId, post, ...to }).then(
    () => requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-shift="${id}"]`)?.focus()),
    tellWhyNot,
  )
}
