import type { ReactNode } from 'react'
import classes from './pill.module.css'

/** A word in a rounded frame. The tone only repeats what the word says. */
export function Pill({
  tone = 'plain',
  icon,
  children,
}: {
  tone?: 'plain' | 'accent' | 'ok' | 'warn' | 'bad' | 'hold'
  icon?: ReactNode
  children: ReactNode
}) {
  return (
    <span className={classes.pill} data-tone={tone}>
      {icon}
      <span className={classes.text}>{children}</span>
    </span>
  )
}
