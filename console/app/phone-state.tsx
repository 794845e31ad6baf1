import { Button } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { claimPhone, ownPhone, type OwnPhone } from '../live/own-phone.ts'
import classes from './phone-dialog.module.css'

export const useOwnPhone = (): OwnPhone => useSyncExternalStore(ownPhone.watch, ownPhone.get)

/** The key of the sentence that says how the browser's phone is; null while another phone is mine. */
export function saysOf(phone: OwnPhone) {
  switch (phone.kind) {
    case 'none':
      return null
    case 'elsewhere':
      return `phone.state.${phone.where}` as const
    case 'microphone':
      return `phone.state.${phone.why}` as const
    case 'starting':
    case 'ready':
    case 'lost':
      return `phone.state.${phone.kind}` as const
    default:
      return phone satisfies never
  }
}

/** What a press on the button beside it does; null when it mends itself. */
function mendOf(phone: OwnPhone) {
  if (phone.kind === 'elsewhere') return 'phone.takeBack' as const
  if (phone.kind !== 'microphone' || phone.why === 'insecure') return null
  return phone.why === 'ask' ? ('phone.allow' as const) : ('phone.again' as const)
}

/** How my phone in this browser is, and what mends it. */
export function PhoneState() {
  const { t } = useTranslation()
  const phone = useOwnPhone()
  const says = saysOf(phone)
  const mend = mendOf(phone)
  if (says === null) return null
  const well = phone.kind === 'ready' || phone.kind === 'starting'
  return (
    <div className={classes.state} data-trouble={!well || undefined} role="status">
      <span className={classes.dot} data-kind={phone.kind} aria-hidden="true" />
      <p>
        {t(says)}
        {!well && <small>{t('phone.notRung')}</small>}
      </p>
      {mend !== null && (
        <Button size="xs" variant="default" onClick={claimPhone}>
          {t(mend)}
        </Button>
      )}
    </div>
  )
}
