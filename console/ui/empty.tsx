import type { ReactNode } from 'react'
import classes from './empty.module.css'

/** What a list shows when it is empty: what that means, and what to do. */
export function Empty({ icon, heading, text, children }: { icon?: ReactNode; heading: string; text: string; children?: ReactNode }) {
  return (
    <div className={classes.empty}>
      {icon !== undefined && (
        <span className={classes.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      <p className={classes.heading}>{heading}</p>
      <p className={classes.text}>{text}</p>
      {children !== undefined && <div className={classes.actions}>{children}</div>}
    </div>
  )
}
