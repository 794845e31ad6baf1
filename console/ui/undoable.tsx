import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { i18n } from './i18n.ts'
import classes from './undoable.module.css'

/**
 * Says what was done, with « Annuler » beside it.
 * @param id one note at a time for what bears the same
 */
export function tellUndoable(id: string, said: string, undo: () => void): void {
  notifications.show({
    id,
    withBorder: true,
    message: (
      <span className={classes.line}>
        {said}
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(id)
            undo()
          }}
        >
          {i18n.t('messages.undo')}
        </Button>
      </span>
    ),
  })
}
