/**
 * The key pressed, as a digit: on a French keyboard the digits' row gives « & é " ' » without Shift. NaN for another key, and for an arrow,
 * which is what the digits aside are while they are not locked.
 */
export const digitOf = (event: Pick<KeyboardEvent, 'code' | 'key'>): number =>
  event.key.length === 1 ? Number(/^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1] ?? event.key) : Number.NaN
