import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max'

/** Longer than any number people write; what is beyond was made to harm. */
const longestWritten = 40
/** A number of the emergency or public short plan never calls and is never somebody's extension. */
const publicShort = /^(15|17|18|110|112|114|115|116|119|191|196|197|116\d{3}|118\d{3})$/
/** Zones that share the metropolitan way of dialling (02 62…, 05 90…) but have country codes of their own. */
const overseas: readonly CountryCode[] = ['RE', 'YT', 'GP', 'GF', 'MQ']

/** Digits with an optional leading `+`, or null when the text holds anything but digits and the usual separators. */
function compact(raw: string): string | null {
  if (raw.length > longestWritten) return null
  const text = raw.trim()
  if (!/^\+?[0-9().\-/ \t\u00a0\u202f\u2009\u2010-\u2013]+$/.test(text)) return null
  // « +33 (0)5 61… » : the zero in brackets is dialled inside the country only; in Italy always.
  return text.replace(/^((?:\+|00)\s*(?!39\s*\()[\d\s]{1,5})\(0\)/, '$1').replace(/[^\d+]/g, '')
}

type Reading = { readonly number: string; readonly valid: boolean }

function readInternational(digits: string): Reading | null {
  const parsed = parsePhoneNumberFromString(`+${digits}`)
  if (parsed === undefined || !parsed.isPossible()) return null
  if (parsed.countryCallingCode === '33') return readFrench(parsed.nationalNumber)
  return { number: parsed.number, valid: parsed.isValid() }
}

/** Ranges of the metropolis that are whole in the plan: most numbers that call, read before a phone can ring. */
const metropolitan = /^(?:(?:[13]\d|2[0-57-9]|4[1-9]|5[0-8])\d{7}|(?:6[0-24-8]|7[3-9])\d{7})$/

/** @param significant nine digits, without the leading 0 */
function readFrench(significant: string): Reading | null {
  if (metropolitan.test(significant)) return { number: `+33${significant}`, valid: true }
  if (!/^[1-9]\d{8}$/.test(significant)) return null
  const french = parsePhoneNumberFromString(`0${significant}`, 'FR')
  if (french?.isValid() === true) return { number: french.number, valid: true }
  for (const zone of overseas) {
    const parsed = parsePhoneNumberFromString(`0${significant}`, zone)
    if (parsed?.isValid() === true) return { number: parsed.number, valid: true }
  }
  // Ranges are opened faster than tables are published: the shape is enough.
  return { number: `+33${significant}`, valid: false }
}

/** Some exchanges add the 0 that takes a line, so that the number can be dialled back as it stands. */
function withoutLinePrefix(digits: string): Reading | null {
  if (/^00[1-9]\d{8}$/.test(digits)) return readFrench(digits.slice(2))
  return /^000[1-9]/.test(digits) ? readInternational(digits.slice(3)) : null
}

function readLong(digits: string): Reading | null {
  if (digits.startsWith('00')) {
    const abroad = digits.startsWith('000') ? null : readInternational(digits.slice(2))
    return abroad?.valid === true ? abroad : (withoutLinePrefix(digits) ?? abroad)
  }
  if (digits.startsWith('0')) return readFrench(digits.slice(1))
  if (digits.length === 9) return readFrench(digits)
  // Without a sign, a foreign number is believed only when it is a number that exists.
  const bare = digits.length >= 11 ? readInternational(digits) : null
  return bare?.valid === true || digits.startsWith('33') ? bare : null
}

/**
 * The one form in which numbers are compared and stored.
 * @param raw as a telephone system, a directory or a person wrote it; read as a French number unless it says otherwise
 * @returns E.164 (`+33561551234`), a short internal number (`ext:4242`), or null when withheld or not a number. Never throws.
 */
export function normaliseNumber(raw: string | null | undefined): string | null {
  if (raw === null || raw === undefined) return null
  const digits = compact(/^ext:\d{2,6}$/.test(raw) ? raw.slice(4) : raw)
  if (digits === null) return null
  if (/^\d{2,6}$/.test(digits)) return publicShort.test(digits) || /^0+$/.test(digits) ? null : `ext:${digits}`
  const read = digits.startsWith('+') ? readInternational(digits.slice(1)) : readLong(digits)
  return read !== null && /^\+[1-9]\d{6,14}$/.test(read.number) ? read.number : null
}

/** @param normalised what `normaliseNumber` returned */
export const isInternal = (normalised: string): boolean => normalised.startsWith('ext:')

/**
 * A normalised number as a person reads it: « 05 61 55 12 34 », « 4242 », « +49 1511 2345678 », « numéro masqué » for null.
 * @param normalised what `normaliseNumber` returned
 */
export function showNumber(normalised: string | null): string {
  if (normalised === null) return 'numéro masqué'
  if (isInternal(normalised)) return normalised.slice(4)
  // Most numbers, shown at each step of a call: read without the tables.
  if (/^\+33[1-9]\d{8}$/.test(normalised)) return `0${normalised.slice(3)}`.replace(/(\d\d)(?=\d)/g, '$1 ')
  return parsePhoneNumberFromString(normalised)?.formatInternational() ?? normalised
}
