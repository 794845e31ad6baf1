import type { DeskState, Reachable } from './model.ts'
import { normaliseNumber } from './number.ts'
import { mayRing } from './transfer.ts'

/** A group as a transfer reaches it: who works for it today, stand-ins in the place of those who are away. */
export type GroupPhones = {
  readonly id: string
  readonly name: string
  readonly mail: string | null
  /** `numbers`: as the directory has them. */
  readonly members: readonly { readonly accountId: string; readonly name: string; readonly numbers: readonly string[] }[]
}

/** No more phones than a caller can be asked to wait for. */
const most = 5

/**
 * Who of a group may be rung, in the order in which they are: colleagues at the desk whose phone is free, then those whom the directory
 * gives a number that may be dialled, once each.
 */
export function reachableOf(group: GroupPhones, { operators }: DeskState, mayDial: (number: string) => boolean): readonly Reachable[] {
  const reached = group.members.flatMap(({ accountId, name, numbers }): Reachable[] => {
    const operator = operators.get(accountId)
    if (operator !== undefined && mayRing(operator)) return [{ kind: 'operator', operatorId: accountId, name }]
    const number = numbers.map(normaliseNumber).find((one) => one !== null && mayDial(one))
    return number == null ? [] : [{ kind: 'number', number, name }]
  })
  const colleagues = reached.filter(({ kind }) => kind === 'operator')
  return [...colleagues, ...reached.filter(({ kind }) => kind === 'number')].slice(0, most)
}
