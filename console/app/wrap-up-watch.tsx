import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { needLonger } from '../api/commands.ts'
import { myself } from '../live/desk.ts'
import { useLive, useServerNow } from '../live/use-live.ts'
import { announcePolitely } from '../ui/announcer.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'

/** Said this long before calls ring again. */
const warnMs = 20_000

/** While wrap-up runs out: its key, on whatever page, and a word to screen readers before its end. */
export function WrapUpWatch() {
  const { desk } = useLive()
  const until = desk === null ? null : (myself(desk)?.until ?? null)
  return until === null ? null : <Watch until={until} />
}

function Watch({ until }: { until: string }) {
  const { t } = useTranslation()
  const near = Date.parse(until) - useServerNow() <= warnMs
  useShortcuts([{ key: 'e', run: needLonger }])
  useEffect(() => {
    if (near) announcePolitely(t('duty.announceNear'))
    return () => announcePolitely('')
  }, [near, t])
  return null
}
