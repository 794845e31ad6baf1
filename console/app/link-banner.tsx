import { IconPhoneOff, IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLive } from '../live/use-live.ts'
import { timeOf } from '../ui/format.ts'
import classes from './link-banner.module.css'

/** Says calmly that the screen is not live, or that the telephone server is away. */
export function LinkBanner() {
  const { t } = useTranslation()
  const { link, lostAt, desk } = useLive()
  if (link === 'lost' && lostAt !== null) {
    return (
      <p className={classes.banner} role="status">
        <IconPlugConnectedX size={16} stroke={1.7} aria-hidden="true" />
        {t('link.lost', { time: timeOf(new Date(lostAt).toISOString()) })}
      </p>
    )
  }
  if (desk !== null && !desk.telephony)
    return (
      <p className={classes.banner} role="status">
        <IconPhoneOff size={16} stroke={1.7} aria-hidden="true" />
        {t('link.telephony')}
      </p>
    )
  return null
}
