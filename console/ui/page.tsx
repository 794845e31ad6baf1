import type { ReactNode } from 'react'
import classes from './page.module.css'

/** A page of the console: its heading, what goes with it, its content. */
export function Page({
  heading,
  aside,
  wide = false,
  poster = false,
  children,
}: {
  heading: ReactNode
  aside?: ReactNode
  wide?: boolean
  /** Printed on its side, with nothing around it. */
  poster?: boolean
  children: ReactNode
}) {
  return (
    <div className={classes.page} data-wide={wide || undefined} data-poster={poster || undefined}>
      <header className={classes.header}>
        <h1>{heading}</h1>
        {aside}
      </header>
      {children}
    </div>
  )
}
