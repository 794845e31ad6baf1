import { Skeleton } from '@mantine/core'
import classes from './desk-page.module.css'

/** The desk's outline while its first state is on its way. */
export function DeskSkeleton() {
  return (
    <div className={classes.desk} aria-hidden="true">
      <div className={classes.side}>
        <Skeleton height={140} radius={12} />
        <Skeleton height={260} radius={12} />
      </div>
      <Skeleton height={480} radius={12} />
      <Skeleton height={320} radius={12} />
    </div>
  )
}
