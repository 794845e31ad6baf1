import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'

const calmMs = 200

/**
 * The text of a search field that is kept in the page's address: told a moment after the last letter, and following the address when
 * something else changes it. Once another page was asked for, nothing is told any more: telling would bring back from there.
 * @param value what the address says
 * @param onSearch told the text without blanks around it
 */
export function useSearchText(value: string, onSearch: (q: string) => void) {
  const [text, setText] = useState(value)
  const [seen, setSeen] = useState(value)
  /** What was told, and the address does not say yet, oldest first. */
  const [told, setTold] = useState<readonly string[]>([])
  const tell = useDebouncedCallback((q: string, page: string) => {
    if (window.location.pathname !== page) return
    if (q !== value) setTold((before) => [...before, q])
    onSearch(q)
  }, calmMs)
  if (value !== seen) {
    setSeen(value)
    const mine = told.indexOf(value)
    setTold(mine < 0 ? [] : told.slice(mine + 1))
    if (mine < 0) {
      tell.cancel()
      setText(value)
    }
  }
  return {
    text,
    change(next: string) {
      setText(next)
      tell(next.trim(), window.location.pathname)
    },
    /** Tells what is typed at once. @returns it, as it was told */
    now(): string {
      tell.flush()
      return text.trim()
    },
  }
}
