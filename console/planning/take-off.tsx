import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { RotaDay } from '../../server/contract/rota.ts'
import { tellFailure, told } from '../api/commands.ts'
import { addShift, removeShift, rereadRota } from '../api/rota.ts'
import { dayOf } from '../ui/format.ts'
import { i18n } from '../ui/i18n.ts'
import { hide, holdDay, isKept } from './move.ts'

const undoMs = 8_000

/** Take a shift off, at once for the eye, and offer to put it back as it was. One that is being moved is left where it is when it may not be there. */
export function takeOff(shift: RotaDay['shifts'][number]): void {
  const { id, operatorId, name, day, from, to, post } = shift
  const showAgain = hide(shift)
  const remove = async (): Promise<boolean> => {
    if (!(await isKept(id))) return false
    await removeShift(id)
    return true
  }
  remove().then(
    (removed) => {
      if (!removed) return showAgain()
      notifications.show({
        id,
        autoClose: undoMs,
        withBorder: true,
        title: i18n.t('rota.takenOff'),
        message: (
          <>
            {i18n.t('rota.shiftOf', { name, day: dayOf(day), from, to })}{' '}
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => {
                notifications.hide(id)
                holdDay(day)
                told(addShift({ operatorId, day, from, to, post }))
              }}
            >
              {i18n.t('messages.undo')}
            </Button>
          </>
        ),
      })
    },
    (error: unknown) => {
      showAgain()
      tellFailure(error)
      void rereadRota()
    },
  )
}
