import { notifications } from '@mantine/notifications'
import { ApiError } from '../api/client.ts'
import { errorText } from '../api/error-text.ts'
import { i18n } from '../ui/i18n.ts'

/** Why a shift could not be put down or change hands, in the rota's own words. */
export function whyNot(error: unknown): string {
  if (error instanceof ApiError && error.code === 'conflict') return i18n.t('rota.conflict')
  if (error instanceof ApiError && error.code === 'forbidden') return i18n.t('rota.faster')
  return errorText(error)
}

/** Say it calmly. */
export const tellWhyNot = (error: unknown): void => {
  notifications.show({ color: 'alarm', message: whyNot(error), withBorder: true, autoClose: 8_000 })
}
