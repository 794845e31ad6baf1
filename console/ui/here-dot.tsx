import classes from './here-dot.module.css'

/** A mark that is full when somebody is there, or something is open, and hollow otherwise; the words beside it say which. */
export function HereDot({ here, size = 8, shut = false }: { here: boolean; size?: number; shut?: boolean }) {
  return (
    <i
      className={classes.dot}
      data-here={here || undefined}
      data-shut={shut || undefined}
      style={{ width: size, height: size }}
      aria-hidden="true"
    />
  )
}
