import { VisuallyHidden } from '@mantine/core'
import classes from './indicators.module.css'

export type Bar = { readonly key: string; readonly label: string; readonly title: string; readonly value: number; readonly part: number }

/**
 * Bars side by side, each with the part of it that is filled; said in words to whoever does not see them.
 * @param definition what a bar and its filled part count, with their source
 */
export function Bars({ label, definition, bars }: { label: string; definition: string; bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map((b) => b.value))
  return (
    <>
      <p className={`${classes.compared} ${classes.above}`}>{definition}</p>
      <ul className={classes.bars} aria-label={label} data-many={bars.length > 14 || undefined}>
        {bars.map(({ key, label: below, title, value, part }) => (
          <li key={key} title={title}>
            <span className={classes.bar} data-drawing style={{ height: `${(100 * value) / most}%` }} aria-hidden="true">
              <i style={{ height: `${value === 0 ? 0 : (100 * part) / value}%` }} />
            </span>
            <span className={classes.under} aria-hidden="true">
              {below}
            </span>
            <VisuallyHidden>{title}</VisuallyHidden>
          </li>
        ))}
      </ul>
    </>
  )
}
