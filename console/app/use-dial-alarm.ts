import { notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { listen } from '../live/store.ts'
import { announce } from '../ui/announcer.tsx'

/** Supervisors learn at once when a call out is refused; it stays until they have seen it, the latest of each operator. */
export function useDialAlarm(): void {
  const { t } = useTranslation()
  useEffect(
    () =>
      listen({
        dialRefused: ({ operator, numberShown, reason }) => {
          const id = `dial-refused-${operator}`
          const title = t('calling.refused', { operator })
          const message = t(reason === 'ceiling' ? 'calling.refusedCeiling' : 'calling.refusedNumber', { number: numberShown })
          announce(`${title} ${message}`)
          notifications.hide(id)
          notifications.show({ id, title, message, color: 'red', withBorder: true, autoClose: false })
        },
      }),
    [t],
  )
}
