import { onlyOne } from '../contract/only-one.ts'
import type { Call } from './model.ts'
import { showNumber } from './number.ts'

/** The name when one person has the number, else the number as it is read. */
export const callerName = ({ people, number }: Pick<Call, 'people' | 'number'>): string => onlyOne(people)?.name ?? showNumber(number)
