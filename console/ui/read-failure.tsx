import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/error-text.ts'
import classes from './read-failure.module.css'

type Props = {
  readonly text: string
  /** What was asked for, and is asked for again by a press. */
  readonly of: { readonly error: unknown; readonly refetch: () => unknown }
}

/** Said where something would stand, when it could not be read. */
export function ReadFailure({ text, of: { error, refetch } }: Props) {
  const { t } = useTranslation()
  return (
    <div className={classes.failure} role="alert">
      <p>
        <strong>{text}.</strong> {errorText(error)}
      </p>
      <Button variant="default" onClick={() => void refetch()}>
        {t('tickets.retry')}
      </Button>
    </div>
  )
}
