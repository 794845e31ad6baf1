import { notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { partIn } from '../live/desk.ts'
import { listen, liveStore } from '../live/store.ts'
import { announce } from '../ui/announcer.tsx'
import { callerName } from '../ui/caller.ts'

/** Tells, on whatever page, that nobody was reached whom I called: the call itself is gone, or its place is kept again. */
export function useVainCalls(): void {
  const { t } = useTranslation()
  useEffect(() => {
    let dialled: { id: string; who: string } | null = null
    // Giving up leaves a kept place as it was; a vain attempt counts.
    let rung: { id: string; attempts: number | null } | null = null
    const tell = (says: 'vainText' | 'vainPlace') => {
      if (dialled === null) return
      const { id, who } = dialled
      dialled = null
      const title = t('calling.vain', { who })
      announce(title)
      notifications.show({ id: `vain-${id}`, title, message: t(`calling.${says}`, { who }), withBorder: true, autoClose: 8_000 })
    }
    const follow = () => {
      const desk = liveStore.get().desk
      const now = desk?.calls.find((c) => c.id === dialled?.id)
      if (now?.status === 'kept' && rung?.id === now.id && now.attempts !== rung.attempts) tell('vainPlace')
      else if (now !== undefined && now.status !== 'dialling') dialled = null
      for (const call of desk?.calls ?? []) {
        const part = partIn(call, desk?.me ?? '')
        if (part === 'ringing' && call.status === 'kept') rung = { id: call.id, attempts: call.attempts }
        if (part === 'dialling') dialled = { id: call.id, who: callerName(call) }
      }
    }
    const stopEnds = listen({
      ended: ({ id, reason }) => {
        if (id !== dialled?.id) return
        if (reason === 'unanswered') tell('vainText')
        else dialled = null
      },
    })
    // What rings already when this comes, behind the first view, is followed too.
    follow()
    const stopState = liveStore.watch(follow)
    return () => {
      stopEnds()
      stopState()
    }
  }, [t])
}
