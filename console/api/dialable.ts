import { useQuery } from '@tanstack/react-query'
import type { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { Person } from '../../server/contract/entities.ts'
import { phoneShown } from '../ui/phone.ts'
import { numbersQuery } from './numbers.ts'
import { useFoundPeople } from './found-people.ts'

/** Somebody, or a number, that may be called. `number` is normalised; `name` is empty for a number that was typed. */
export type Dialable = { readonly number: string; readonly shown: string; readonly name: string; readonly detail: string }

type Parse = typeof parsePhoneNumberFromString

/** What was typed as a number, as far as it is one: a short internal number, or one that exists somewhere. */
function typedNumber(typed: string, parse: Parse | undefined): Dialable | null {
  const text = typed.trim()
  if (/^\d{2,6}$/.test(text)) return { number: `ext:${text}`, shown: text, name: '', detail: '' }
  if (!/^[+\d][\d\s.()/-]*$/.test(text)) return null
  const parsed = parse?.(text, 'FR')
  if (parsed?.isPossible() !== true) return null
  const shown = parsed.country === 'FR' ? parsed.formatNational() : parsed.formatInternational()
  return { number: parsed.number, shown, name: '', detail: '' }
}

const ofPerson = ({ name, unit, phones }: Person): Dialable[] =>
  phones.map((number) => ({ number, shown: phoneShown(number), name, detail: unit ?? '' }))

/** Reads what is typed as a number; internal ones alone until the plan of numbers is there. */
export function useTypedNumber(): (typed: string) => Dialable | null {
  const parse = useQuery(numbersQuery).data
  return (typed) => typedNumber(typed, parse)
}

/** Whom these words may mean: the number itself, then people of the directory, once for each of their numbers. */
export function useDialable(typed: string): readonly Dialable[] {
  const asNumber = useTypedNumber()(typed)
  const people = useFoundPeople(asNumber === null ? typed : '')
  return asNumber === null ? people.flatMap(ofPerson) : [asNumber]
}
