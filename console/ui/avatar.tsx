import { IconPhone } from '@tabler/icons-react'
import { initials } from './format.ts'
import classes from './avatar.module.css'

/** A round with the person's initials; a telephone when there is no name. Says nothing to screen readers: the name stands beside it. */
export function Avatar({ name, size = 'md' }: { name: string; size?: 'sm' | 'md' }) {
  const letters = initials(name)
  return (
    <span className={classes.avatar} data-size={size} aria-hidden="true">
      {letters === '' ? <IconPhone size={size === 'md' ? 20 : 15} stroke={1.6} /> : letters}
    </span>
  )
}
