import type { ReactNode } from 'react'
import classes from './panel.module.css'

/**
 * A white sheet with, maybe, a small heading and a figure beside it.
 * @param scrollsByKeys whether the keyboard reaches it: it may scroll, and may hold nothing else that it reaches
 */
export function Panel({
  heading,
  figure,
  label,
  grow = false,
  scrollsByKeys = false,
  children,
}: {
  heading?: string
  figure?: ReactNode
  label?: string
  grow?: boolean
  scrollsByKeys?: boolean
  children: ReactNode
}) {
  return (
    <section className={classes.panel} data-grow={grow || undefined} aria-label={label ?? heading} {...(scrollsByKeys && { tabIndex: 0 })}>
      {heading !== undefined && <PanelHeading text={heading} figure={figure} />}
      {children}
    </section>
  )
}

export function PanelHeading({ text, figure }: { text: string; figure?: ReactNode }) {
  return (
    <h2 className={classes.heading}>
      {text}
      {figure !== undefined && <span className={`${classes.figure} g-num`}>{figure}</span>}
    </h2>
  )
}
