import { IconClock } from '@tabler/icons-react'
import type { ComponentProps } from 'react'
import type { Desk } from '../live/desk.ts'
import classes from './opening-menu.module.css'

/** The hours as they stand now. */
export function OpeningButton({ desk, className, ...rest }: { desk: Desk } & ComponentProps<'button'>) {
  return (
    <button
      type="button"
      className={[classes.button, className].filter(Boolean).join(' ')}
      data-ordered={desk.opening === null ? undefined : true}
      title={desk.hours}
      aria-haspopup="menu"
      {...rest}
    >
      <IconClock size={15} stroke={1.7} aria-hidden="true" />
      <span>{desk.hours}</span>
    </button>
  )
}
