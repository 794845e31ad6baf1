import type { KeyboardEvent } from 'react'

/** The key pressed, as a digit: on a French keyboard the digits' row gives « & é " ' » without Shift. NaN for another key. */
export const digitOf = (event: KeyboardEvent): number => Number(/^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1] ?? event.key)
