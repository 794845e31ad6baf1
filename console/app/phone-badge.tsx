import { IconHeadset, IconHeadsetOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './phone-badge.module.css'
import { saysOf, useOwnPhone } from './phone-state.tsx'

/** The browser as my phone: quiet while it works, in words when it does not. */
export function PhoneBadge({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation()
  const phone = useOwnPhone()
  const says = saysOf(phone)
  if (says === null) return null
  const well = phone.kind === 'ready' || phone.kind === 'starting'
  return (
    <button type="button" className={classes.badge} data-trouble={!well || undefined} onClick={onOpen} title={t(says)}>
      {well ? <IconHeadset size={16} stroke={1.7} aria-hidden="true" /> : <IconHeadsetOff size={16} stroke={1.7} aria-hidden="true" />}
      <span role="status" className={well ? classes.quiet : classes.words}>
        {well ? `${t('phone.badge')} : ${t(says)}` : t(says)}
      </span>
    </button>
  )
}
