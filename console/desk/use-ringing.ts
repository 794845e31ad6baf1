import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { answerCall, declineCall, finishCall, holdCall } from '../api/commands.ts'
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
  const held = talkingId !== null && call?.onHold === true
  const wasHeld = useRef(false)
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

  useEffect(() => {
    if (held) announce(t('call.announceHeld', { who }))
    else if (wasHeld.current && talkingId !== null) announce(t('call.announceResumed', { who }))
    wasHeld.current = held
  }, [held, talkingId, who, t])

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
      key: 'h',
      run: () => {
        if (talkingId !== null) holdCall(talkingId, !held)
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
