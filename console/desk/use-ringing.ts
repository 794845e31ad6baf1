import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { answerCall, declineCall, finishCall, holdCall } from '../api/commands.ts'
import { myCall, type Part } from '../live/desk.ts'
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
  const mine = desk === null ? null : myCall(desk)
  const call = mine?.call ?? null
  const idWhen = (part: Part) => (mine?.part === part ? mine.call.id : null)
  const [ringingId, placingId, diallingId, talkingId] = [idWhen('ringing'), idWhen('placing'), idWhen('dialling'), idWhen('talking')]
  const held = talkingId !== null && call?.onHold === true
  const wasHeld = useRef(false)
  const who = call === null ? '' : callerName(call)

  useEffect(() => {
    if (ringingId !== null || placingId !== null) void navigate({ to: '/console' })
  }, [ringingId, placingId, navigate])

  useEffect(() => (ringingId === null ? undefined : startTone()), [ringingId])

  useEffect(() => {
    if (ringingId === null) return
    announce(t('call.announce', { who }))
    return ringTab(t('call.title', { who }))
  }, [ringingId, who, t])

  useEffect(() => {
    if (placingId !== null) announce(t('calling.announcePlacing', { who }))
  }, [placingId, who, t])

  useEffect(() => {
    if (diallingId !== null) announce(t('calling.announceDialling', { who }))
  }, [diallingId, who, t])

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

  const rung = ringingId ?? placingId
  const finishable = diallingId ?? talkingId
  const keys = [
    ['a', rung, answerCall],
    ['x', rung, declineCall],
    ['f', finishable, finishCall],
    ['h', talkingId, (id: string) => holdCall(id, !held)],
    ['m', ringingId, () => ringMuted.set(!ringMuted.get())],
  ] as const
  useShortcuts(keys.map(([key, id, act]) => ({ key, run: () => id !== null && act(id) })))
}
