import { notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { partIn } from '../live/desk.ts'
import { liveStore } from '../live/store.ts'
import { announce } from '../ui/announcer.tsx'
import { callerName } from '../ui/caller.ts'

/** Tells, on whatever page, who has picked up a call that rang here as well. */
export function useTakenCalls(): void {
  const { t } = useTranslation()
  useEffect(() => {
    let rung: string | null = null
    const follow = () => {
      const { desk } = liveStore.get()
      if (desk === null) return
      const call = desk.calls.find((c) => c.id === rung)
      const by = desk.operators.find((o) => o.id === call?.operatorId)
      if (call !== undefined && by !== undefined && by.id !== desk.me) {
        const title = t('duty.taken', { by: by.name })
        announce(title)
        const message = t('duty.takenText', { who: callerName(call) })
        notifications.show({ id: `taken-${call.id}`, title, message, withBorder: true, autoClose: 5_000 })
      }
      rung = desk.calls.find((c) => partIn(c, desk.me) === 'ringing')?.id ?? null
    }
    // What rings already when this comes, behind the first view, is followed too.
    follow()
    return liveStore.watch(follow)
  }, [t])
}
