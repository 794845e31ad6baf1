import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { myCall } from '../live/desk.ts'
import { useLive, useServerNow } from '../live/use-live.ts'
import { announcePolitely } from '../ui/announcer.tsx'
import { limitOf } from './limit.ts'

/** Tells screen readers, on whatever page, that the limit comes near (at two minutes and at one, never in between) or was put off. */
export function LimitWatch() {
  const { desk } = useLive()
  const mine = desk === null ? null : myCall(desk)
  return mine?.part === 'talking' ? <Watch key={mine.call.id} call={mine.call} /> : null
}

function Watch({ call }: { call: CallView }) {
  const { t } = useTranslation()
  const near = limitOf(call, useServerNow())?.near ?? null
  const { extensions } = call
  const known = useRef(extensions)
  useEffect(() => {
    if (near !== null) announcePolitely(t(`call.announceLimit.${near}`))
    else if (extensions > known.current) announcePolitely(t('call.announceExtended'))
    known.current = extensions
  }, [near, extensions, t])
  useEffect(() => () => announcePolitely(''), [])
  return null
}
