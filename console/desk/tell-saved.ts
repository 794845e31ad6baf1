import { notifications } from '@mantine/notifications'
import { tellFailure } from '../api/commands.ts'
import { i18n } from '../ui/i18n.ts'

/** Says what became of a save that had to be tried again, on whatever page. */
export const tellSaved = {
  saved: (draft: { readonly title: string }, { number, closed }: { readonly number: number; readonly closed: boolean }): void => {
    const title = i18n.t(closed ? 'form.savedClosed' : 'form.saved', { number })
    notifications.show({ id: `saved-${number}`, title, message: draft.title, withBorder: true, autoClose: 8_000 })
  },
  refused: (_draft: unknown, error: unknown): void => tellFailure(error, i18n.t('form.failed')),
}
