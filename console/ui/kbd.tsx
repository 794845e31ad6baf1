import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { shownKey, useKeys } from './shortcuts.ts'
import classes from './kbd.module.css'

const combined = /[+]/

/**
 * A key or a combination as drawn on a keyboard, for the eye only: the control it stands in carries `aria-keyshortcuts`.
 * @param keys the usual one, `A` or `Ctrl+Enter`: whoever moved it sees theirs, and nothing where it is turned off, unless it is `spoken`.
 * @param spoken it stands in a text, and is read with it
 * @param fixed it is as it is: a place in a list.
 */
export function Keys({ keys, fixed = false, spoken = false }: { keys: string; fixed?: boolean; spoken?: boolean }) {
  const { t } = useTranslation()
  const own = useKeys()
  const shown = fixed ? keys : shownKey(keys, own)
  if (shown !== null) return <KeyCap keys={shown} spoken={spoken} />
  // A sentence with a hole in it says nothing.
  return spoken ? <kbd className={classes.kbd}>{t('keys.none')}</kbd> : null
}

/** A key as it is, whoever moved what. */
export function KeyCap({ keys, spoken = false }: { keys: string; spoken?: boolean }) {
  const { t } = useTranslation()
  const parts = keys === '+' ? [keys] : keys.split(combined)
  const drawn: Record<string, string> = { Ctrl: t('keys.ctrl'), Enter: '↵', Shift: '⇧' }
  return (
    <kbd className={classes.kbd} aria-hidden={!spoken || undefined}>
      {parts.map((part, i) => (
        <Fragment key={part}>
          {i > 0 && ' '}
          {drawn[part] ?? part}
        </Fragment>
      ))}
    </kbd>
  )
}
