import '@mantine/core/styles/Notification.css'
import '@mantine/notifications/styles.css'
import { MantineThemeProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import classes from './toasts.module.css'

/** Where short news stack up. */
export default function Toasts() {
  const { t } = useTranslation()
  const defaultProps = { closeButtonProps: { 'aria-label': t('keys.close') }, classNames: { description: classes.description } }
  return (
    <MantineThemeProvider theme={{ components: { Notification: { defaultProps } } }}>
      <Notifications position="bottom-right" limit={4} />
    </MantineThemeProvider>
  )
}
