import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

let page = ''
let desk = ''
let ring: string | null = null
const show = () => {
  document.title = ring ?? (page === '' ? desk : `${page} · ${desk}`)
}

const usualName = 'Guichet unique du Numérique'
let own: string | null = null

/**
 * What the site calls its desk, which titles say from then on; null while it has no name of its own.
 * @param name as the service tells it; undefined: not yet, and what was known stays
 */
export function useDeskName(name: string | undefined): string | null {
  const { t } = useTranslation()
  const said = name === undefined ? own : name === usualName ? null : name
  useEffect(() => {
    own = said
    desk = said ?? t('name.short')
    show()
  }, [said, t])
  return said
}

/** The page's own title, followed by the desk's name. */
export function usePageTitle(title: string): void {
  const { t } = useTranslation()
  useEffect(() => {
    page = title
    desk = own ?? t('name.short')
    show()
  }, [title, t])
}

/** While a call rings its title stands before any page's; null gives the page its own back. */
export function setRingTitle(title: string | null): void {
  ring = title
  show()
}
