import { IconVolumeOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './unplayable.module.css'

/** In the place of a sound that could not be fetched or played. */
export function Unplayable({ label, onRetry }: { readonly label: string; readonly onRetry: () => void }) {
  const { t } = useTranslation()
  return (
    <p className={classes.failed} role="status">
      <IconVolumeOff size={16} stroke={1.7} aria-hidden="true" />
      {t('sound.failed')}
      <button type="button" onClick={onRetry} aria-label={`${t('tickets.retry')} : ${label}`}>
        {t('tickets.retry')}
      </button>
    </p>
  )
}
