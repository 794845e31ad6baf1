import classes from './failure.module.css'

/** Why a gesture did not go through, beside it. */
export function Failure({ text }: { text: string }) {
  return (
    <p className={classes.failure} role="alert">
      {text}
    </p>
  )
}
