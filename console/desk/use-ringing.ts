import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { answerCall, declineCall, finishCall } from '../api/commands.ts'
import { myCall } from '../live/desk.ts'
import { useLive } from '../live/use-live.ts'
import { announce } from '../ui/announcer.tsx'
import { callerName } from '../ui/caller.ts'
import { useShortcuts } from '../ui/shortcuts.ts'
import { ringMuted, ringTab, startTone } from './ring.ts'

/** Makes a ringing call unmistakable on whatever page, and gives the call its keys. */
export function useRinging(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { desk } = useLive()
  const call = desk === null ? null : myCall(desk)
  const ringingId = call !== null && call.operatorId === null ? call.id : null
  const talkingId = call !== null && call.operatorId !== null ? call.id : null
  const who = call === null ? '' : callerName(call)

  useEffect(() => {
    if (ringingId === null) return
    void navigate({ to: '/console' })
    return startTone()
  }, [ringingId, navigate])

  useEffect(() => {
    if (ringingId === null) return
    announce(t('call.announce', { who }))
    return ringTab(t('call.title', { who }))
  }, [ringingId, who, t])

  useEffect(() => {
    if (talkingId === null) return
    announce(t('call.announceAnswered', { who }))
  }, [talkingId, who, t])

  useEffect(() => {
    if (talkingId === null) return
    return () => announce(t('call.announceEnded'))
  }, [talkingId, t])

  useShortcuts([
    {
      key: 'a',
      run: () => {
        if (ringingId !== null) answerCall(ringingId)
      },
    },
    {
      key: 'x',
      run: () => {
        if (ringingId !== null) declineCall(ringingId)
      },
    },
    {
      key: 'f',
      run: () => {
        if (talkingId !== null) finishCall(talkingId)
      },
    },
    {
      key: 'm',
      run: () => {
        if (ringingId !== null) ringMuted.set(!ringMuted.get())
      },
    },
  ])
}
