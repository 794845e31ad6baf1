import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { Person } from '../../server/contract/entities.ts'
import { folded } from '../ui/folded.ts'
import { peopleQuery } from './queries.ts'

const restMs = 200
const fewestLetters = 2

/**
 * Whom of the directory these words mean. While their answer is on its way, those found before who fit them too: whoever types fast and
 * presses Enter chooses nobody else.
 */
export function useFoundPeople(typed: string): readonly Person[] {
  const wanted = typed.trim()
  const [search] = useDebouncedValue(wanted, restMs)
  const { data = [], isPlaceholderData } = useQuery(peopleQuery(search))
  if (wanted.length < fewestLetters || search.length < fewestLetters) return []
  if (wanted === search && !isPlaceholderData) return data
  const words = folded(wanted).split(/\s+/)
  return data.filter(({ name, email }) => words.every((word) => folded(`${name} ${email ?? ''}`).includes(word)))
}
