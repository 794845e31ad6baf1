/** The key pressed, as a digit: on a French keyboard the digits' row gives « & é " ' » without Shift. NaN for another key. */
export const digitOf = (event: Pick<KeyboardEvent, 'code' | 'key'>): number =>
  Number(/^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1] ?? event.key)
