import { IconVolumeOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './sound-player.module.css'

/** A recorded voice, fetched only when somebody listens. */
export function SoundPlayer({ src, label }: { src: string; label: string }) {
  const { t } = useTranslation()
  const [failed, setFailed] = useState(false)
  if (failed)
    return (
      <p className={classes.failed} role="status">
        <IconVolumeOff size={16} stroke={1.7} aria-hidden="true" />
        {t('sound.failed')}
        <button type="button" onClick={() => setFailed(false)} aria-label={`${t('tickets.retry')} : ${label}`}>
          {t('tickets.retry')}
        </button>
      </p>
    )
  // oxlint-disable-next-line jsx-a11y/media-has-caption -- what a caller said is not written down anywhere
  return <audio controls preload="none" src={src} aria-label={label} onError={() => setFailed(true)} />
}
