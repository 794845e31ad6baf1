import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

let page = ''
let ring: string | null = null
const show = () => {
  document.title = ring ?? page
}

/** The page's own title, followed by the desk's name. */
export function usePageTitle(title: string): void {
  const { t } = useTranslation()
  useEffect(() => {
    page = `${title} · ${t('name.short')}`
    show()
  }, [title, t])
}

/** While a call rings its title stands before any page's; null gives the page its own back. */
export function setRingTitle(title: string | null): void {
  ring = title
  show()
}
