import { AndFilter, EqualityFilter, OrFilter, type Filter } from 'ldapts'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/**
 * The ways one number is commonly written in a directory. Exact forms, because a search with wildcards reads the whole
 * directory where the attribute has no substring index.
 * @param number normalised
 */
function writtenForms(number: string): string[] {
  if (number.startsWith('ext:')) {
    const digits = number.slice(4)
    return [...new Set([digits, digits.replace(/(\d\d)(?=\d)/g, '$1 ')])]
  }
  const parsed = parsePhoneNumberFromString(number)
  if (parsed === undefined) return []
  const country = parsed.countryCallingCode
  const international = parsed.formatInternational()
  const forms = [number, international, number.slice(1), `00${number.slice(1)}`, international.replace('+', '00')]
  if (parsed.nationalNumber.length !== 9 || !['33', '262', '590', '594', '596'].includes(country)) return [...new Set(forms)]
  const trunk = `0${parsed.nationalNumber}`
  const pairs = trunk.replace(/(\d\d)(?=\d)/g, '$1 ')
  const grouped = `${parsed.nationalNumber.slice(0, 1)} ${pairs.slice(3)}`
  return [
    ...new Set([
      ...forms,
      trunk,
      pairs,
      pairs.replaceAll(' ', '.'),
      pairs.replaceAll(' ', '-'),
      `+${country} ${grouped}`,
      `+${country}.${grouped.replaceAll(' ', '.')}`,
      `+${country}-${grouped.replaceAll(' ', '-')}`,
      `+${country}(0)${parsed.nationalNumber}`,
      `+${country} (0)${grouped}`,
      `+${country} (0) ${grouped}`,
      `+${country} ${parsed.nationalNumber}`,
    ]),
  ]
}

/** `person` is inherited by inetOrgPerson where the server knows inheritance; the others say it themselves. */
export function peopleFilter(): Filter {
  return new OrFilter({ filters: ['person', 'inetOrgPerson'].map((value) => new EqualityFilter({ attribute: 'objectClass', value })) })
}

/**
 * Everybody with this number in one of these attributes. Built as a tree, never as text: nothing in a value can become syntax.
 * @param number normalised
 */
export function numberFilter(number: string, attributes: readonly string[]): Filter {
  const forms = writtenForms(number)
  const equal = attributes.flatMap((attribute) => forms.map((value) => new EqualityFilter({ attribute, value })))
  return new AndFilter({ filters: [peopleFilter(), new OrFilter({ filters: equal })] })
}
