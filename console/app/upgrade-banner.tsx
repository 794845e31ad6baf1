import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './link-banner.module.css'
import { reload, useUpgrade } from './upgrade.ts'

/** Says that the service is newer than this page. */
export function UpgradeBanner({ me }: { me: string }) {
  const { t } = useTranslation()
  if (!useUpgrade(me)) return null
  return (
    <div className={classes.banner} role="status">
      <IconRefresh size={16} stroke={1.7} aria-hidden="true" />
      <span>{t('link.upgraded')}</span>
      <Button size="compact-sm" variant="default" onClick={reload}>
        {t('error.reload')}
      </Button>
    </div>
  )
}
