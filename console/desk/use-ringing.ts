import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { answerCall, declineCall, finishCall, holdCall } from '../api/commands.ts'
import { mute, orderRecording } from '../api/conversation.ts'
import { mayFinish, myCall, type Part, recordingOf, recordingStep } from '../live/desk.ts'
import { useLive } from '../live/use-live.ts'
import { announce, keepQuiet } from '../ui/announcer.tsx'
import { callerName } from '../ui/caller.ts'
import { notice } from '../ui/desktop-notice.ts'
import { useShortcuts } from '../ui/shortcuts.ts'
import { ringMuted, ringTab, startTone } from './ring.ts'

/** Makes a ringing call unmistakable on whatever page, and gives the call its keys. */
export function useRinging(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { desk, link } = useLive()
  const mine = desk === null ? null : myCall(desk)
  const call = mine?.call ?? null
  const idWhen = (part: Part) => (mine?.part === part ? mine.call.id : null)
  const [ringingId, placingId, diallingId, talkingId] = [idWhen('ringing'), idWhen('placing'), idWhen('dialling'), idWhen('talking')]
  const askedId = call?.consult?.state === 'ringing' ? idWhen('consulted') : null
  const watchingId = idWhen('watching')
  const rung = ringingId ?? placingId ?? askedId ?? (call?.watch?.state === 'ringing' ? watchingId : null)
  // A screen that is not told when it ends must not ring on by itself.
  const toned = link === 'live' ? (ringingId ?? askedId) : null
  const who = call === null ? '' : callerName(call)
  const asker = desk?.operators.find((o) => o.id === call?.operatorId)?.name ?? ''

  const shown = rung ?? watchingId
  useEffect(() => {
    if (shown !== null) void navigate({ to: '/console' })
  }, [shown, navigate])

  useEffect(() => (toned === null ? undefined : startTone()), [toned])

  useEffect(() => {
    if (ringingId !== null) announce(t('call.announce', { who }))
  }, [ringingId, who, t])

  useEffect(() => {
    if (askedId !== null) announce(t('calling.announceConsulted', { who: asker, about: who }))
  }, [askedId, asker, who, t])

  const titled = toned === null ? null : toned === ringingId ? who : asker
  useEffect(() => (titled === null ? undefined : ringTab(t('call.title', { who: titled }))), [titled, t])
  useEffect(() => (titled === null ? undefined : notice(t('call.incoming'), titled)), [titled, t])

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
    keepQuiet(true)
    return () => {
      announce(t('call.announceEnded'))
      keepQuiet(false)
    }
  }, [talkingId, t])

  useTold(talkingId === null ? null : call)

  const finishable = diallingId ?? (call !== null && mayFinish(call) ? talkingId : null)
  const held = call?.onHold === true
  const stepOf = call === null || desk === null || recordingOf(desk, call) === 'off' ? null : recordingStep(call)
  const keys = [
    ['a', rung, answerCall],
    ['x', rung, declineCall],
    ['f', finishable, finishCall],
    ['h', call?.consult == null ? talkingId : null, (id: string) => holdCall(id, !held)],
    ['z', stepOf === null ? null : talkingId, (id: string) => stepOf !== null && orderRecording(id, stepOf)],
    ['m', toned ?? talkingId, (id: string) => (toned === null ? mute(id, call?.muted !== true) : ringMuted.set(!ringMuted.get()))],
  ] as const
  useShortcuts(keys.flatMap(([key, id, act]) => (id === null ? [] : [{ key, run: () => act(id) }])))
}

/** Has screen readers say what changes during my conversation: hold, microphone, whom I ask. */
function useTold(call: CallView | null): void {
  const { t } = useTranslation()
  const last = useRef<CallView | null>(null)
  useEffect(() => {
    const before = last.current
    last.current = call
    if (call === null) return
    const who = callerName(call)
    const asked = call.consult
    const was = before?.id === call.id ? before : null
    if (asked !== null) {
      if (asked.state !== was?.consult?.state) announce(t(`calling.announceConsult.${asked.state}`, { who: asked.name }))
    } else if (was !== null && was.consult !== null) announce(t('calling.announceBack', { who }))
    else if (call.onHold !== (was?.onHold ?? false)) announce(t(call.onHold ? 'call.announceHeld' : 'call.announceResumed', { who }))
    else if (was !== null && call.recording !== was.recording) announce(t(`recording.announce.${call.recording ?? 'off'}`))
    else if (call.muted !== (was?.muted ?? false)) announce(t(call.muted ? 'calling.announceMuted' : 'calling.announceUnmuted'))
  }, [call, t])
}
