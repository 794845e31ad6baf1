import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcutsOn } from './shortcuts.ts'
import classes from './kbd.module.css'

const combined = /[+]/

/**
 * A key or a combination as drawn on a keyboard, for the eye only: the control it stands in carries `aria-keyshortcuts`.
 * @param keys `A`, or `Ctrl+Enter`. Single keys are hidden while they are turned off.
 */
export function Keys({ keys }: { keys: string }) {
  const { t } = useTranslation()
  const on = useShortcutsOn()
  const parts = keys === '+' ? [keys] : keys.split(combined)
  if (parts.length === 1 && !on) return null
  const drawn: Record<string, string> = { Ctrl: t('keys.ctrl'), Enter: '↵', Shift: '⇧' }
  return (
    <kbd className={classes.kbd} aria-hidden="true">
      {parts.map((part, i) => (
        <Fragment key={part}>
          {i > 0 && ' '}
          {drawn[part] ?? part}
        </Fragment>
      ))}
    </kbd>
  )
}
