import { Link } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './administration-page.module.css'
import type { pages } from './pages.ts'

type SettingsPage = (typeof pages)[number]

/** The pages that the reader may open, under the plain names of their groups. */
export function SettingsLinks({ allowed }: { allowed: readonly SettingsPage[] }) {
  const { t } = useTranslation()
  return Object.entries(Object.groupBy(allowed, ({ group }) => group)).map(([group, own]) => (
    <section key={group} className={classes.group} aria-labelledby={`settings-${group}`}>
      <p id={`settings-${group}`}>{t(`settings.groups.${group as SettingsPage['group']}`)}</p>
      <ul>
        {own.map(({ path, title }) => (
          <li key={path}>
            <Link to="/console/reglages/$page" params={{ page: path }} activeProps={{ 'aria-current': 'page' }}>
              {t(`settings.pages.${title}`)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  ))
}

/** Arrows go from link to link, and from the field of the search to the first one; Tab leaves as everywhere. */
export function walkLinks(event: KeyboardEvent<HTMLElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a')].filter((link) => link.checkVisibility())
  const at = links.findIndex((link) => link === document.activeElement)
  const typing = event.target instanceof HTMLInputElement
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key]
  if (to === undefined || (typing && event.key !== 'ArrowDown') || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  links[Math.min(Math.max(to, 0), links.length - 1)]?.focus()
}
