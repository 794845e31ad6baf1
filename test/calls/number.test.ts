import fc from 'fast-check'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { describe, expect, it } from 'vitest'
import { normaliseNumber, showNumber } from '../../server/calls/number.ts'
import { runs } from '../support/runs.ts'

const written: readonly (readonly [string, string])[] = [
  ['05 61 55 12 34', '+33561551234'],
  ['05.61.55.12.34', '+33561551234'],
  ['05-61-55-12-34', '+33561551234'],
  ['05\u00a061\u202f55\u200912\u201134', '+33561551234'],
  ['  0561551234 ', '+33561551234'],
  ['+33561551234', '+33561551234'],
  ['+ 33 5 61 55 12 34', '+33561551234'],
  ['+33 (0)5 61 55 12 34', '+33561551234'],
  ['+33(0)561551234', '+33561551234'],
  ['+49 (0)1511 2345678', '+4915112345678'],
  // In Spain and in Luxembourg no zero is ever dialled.
  ['+34 (0)912 345 678', '+34912345678'],
  ['+39 (0)6 1234 5678', '+390612345678'],
  ['0039 (0)6 1234 5678', '+390612345678'],
  ['+352 (0)621 123 456', '+352621123456'],
  ['0049(0)15112345678', '+4915112345678'],
  ['+44 (0)20 7946 0958', '+442079460958'],
  ['  +33 5 61 55 12 34', '+33561551234'],
  ['+  33 5 61 55 12 34', '+33561551234'],
  // A range that is not published yet is believed by its shape.
  ['07 10 00 00 00', '+33710000000'],
  [`0561551234${' '.repeat(30)}`, '+33561551234'],
  ['+330561551234', '+33561551234'],
  ['0033561551234', '+33561551234'],
  ['0033(0)561551234', '+33561551234'],
  ['33561551234', '+33561551234'],
  ['561551234', '+33561551234'],
  ['00561551234', '+33561551234'],
  ['00612345678', '+33612345678'],
  ['00033561551234', '+33561551234'],
  ['06 12 34 56 78', '+33612345678'],
  ['08 92 70 12 34', '+33892701234'],
  ['0262 20 20 20', '+262262202020'],
  ['+33262202020', '+262262202020'],
  ['0590 81 23 45', '+590590812345'],
  ['+49 1511 2345678', '+4915112345678'],
  ['004915112345678', '+4915112345678'],
  ['4915112345678', '+4915112345678'],
  ['+377 93 15 22 22', '+37793152222'],
  ['4242', 'ext:4242'],
  ['4200', 'ext:4200'],
  ['42 42', 'ext:4242'],
  ['61-01', 'ext:6101'],
  ['12', 'ext:12'],
  ['551234', 'ext:551234'],
  ['ext:4242', 'ext:4242'],
]

const unusable: readonly string[] = [
  '',
  ' ',
  '+',
  'anonymous',
  'Anonymous',
  'unavailable',
  'unknown',
  'restricted',
  '<unknown>',
  's',
  'guichet',
  '1'.repeat(200),
  '0'.repeat(200),
  '+33' + '5'.repeat(37),
  '٠٥٦١٥٥١٢٣٤',
  '０５６１５５１２３４',
  'Zoé 0561551234',
  '📞0561551234',
  "0561551234'; DROP TABLE people; --",
  "' OR '1'='1",
  '<script>alert(1)</script>',
  '<b>0561551234</b>',
  '&#48;561551234',
  '*)(uid=*',
  '(telephoneNumber=*)',
  '0561551234)(uid=*',
  '*',
  '05*',
  '\\2a',
  '0561551234\u0000',
  '0561551234\r\nBcc: x@y.example',
  'sip:0561551234@evil.example',
  'sip:+33561551234@x;transport=tcp?Replaces=a',
  'tel:0561551234;phone-context=x',
  '0561551234@host',
  '15',
  '17',
  '18',
  '112',
  '114',
  '115',
  '119',
  '196',
  '118218',
  '116000',
  '0',
  '00',
  '000000',
  '7',
  '*31#0561551234',
  '#',
  'ext:',
  'ext:1',
  'ext:1234567',
  '0000000000',
  '+33000000000',
  '+0561551234',
  '12345678',
  // Neither ten figures, nor a foreign number that exists.
  '05615512345',
  '4900000000000',
  '49100000000',
  `0561551234${' '.repeat(31)}`,
  '1234567890123456789',
  '++33561551234',
  '0561551234 +33561551234',
  'a1-phone',
  '61O1',
]

describe('a number', () => {
  it.each(written)('written %j is %s', (raw, normalised) => {
    expect(normaliseNumber(raw)).toBe(normalised)
  })

  it.each(unusable)('is never made of %j', (raw) => {
    expect(normaliseNumber(raw)).toBeNull()
  })

  it('that is absent is null', () => {
    expect(normaliseNumber(null)).toBeNull()
    expect(normaliseNumber(undefined)).toBeNull()
  })

  it.each([
    ['+33561551234', '05 61 55 12 34'],
    ['+33892701234', '08 92 70 12 34'],
    ['+4915112345678', '+49 1511 2345678'],
    ['+262262202020', '+262 262 20 20 20'],
    ['ext:4242', '4242'],
    [null, 'numéro masqué'],
  ] as const)('normalised as %j is shown as %s', (normalised, shown) => {
    expect(showNumber(normalised)).toBe(shown)
  })

  const dialled = fc.string({ unit: fc.constantFrom(...'0123456789+()-. /'), maxLength: 25 })
  const anything = fc.oneof(
    dialled,
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...written.map(([raw]) => raw), ...unusable),
  )

  it('never throws, has one of two shapes, stays itself when normalised again, and can always be shown', () => {
    fc.assert(
      fc.property(anything, (raw) => {
        const normalised = normaliseNumber(raw)
        expect(showNumber(normalised).length).toBeGreaterThan(0)
        if (normalised === null) return
        expect(normalised).toMatch(/^(\+[1-9]\d{6,14}|ext:\d{2,6})$/)
        expect(normaliseNumber(normalised)).toBe(normalised)
      }),
      { numRuns: runs(3000) },
    )
  })

  it('of the metropolis is read without the tables, and as they read it', () => {
    const digits = (n: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: n, maxLength: n })
    const prefix = fc.constantFrom('1', '20', '23', '27', '29', '3', '41', '49', '50', '58', '60', '62', '64', '68', '73', '79')
    fc.assert(
      fc.property(prefix, digits(8), (start, rest) => {
        const significant = `${start}${rest}`.slice(0, 9)
        const read = parsePhoneNumberFromString(`0${significant}`, 'FR')
        expect(read?.isValid(), significant).toBe(true)
        expect(normaliseNumber(`0${significant}`)).toBe(read?.number)
      }),
      { numRuns: runs(2000) },
    )
  })

  it('shown can be read back', () => {
    fc.assert(
      fc.property(dialled, (raw) => {
        const normalised = normaliseNumber(raw)
        if (normalised !== null) expect(normaliseNumber(showNumber(normalised))).toBe(normalised)
      }),
      { numRuns: runs(3000) },
    )
  })
})
