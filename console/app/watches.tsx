import { LimitWatch } from '../desk/limit-watch.tsx'
import { useTakenCalls } from '../desk/use-taken.ts'
import { useVainCalls } from '../desk/use-vain.ts'
import { useLightPaper } from './use-light-paper.ts'
import { useDialAlarm } from './use-dial-alarm.ts'
import { WrapUpWatch } from './wrap-up-watch.tsx'

/** What is told on whatever page, of calls that were and of those under way. */
export function Watches() {
  useTakenCalls()
  useVainCalls()
  useDialAlarm()
  useLightPaper()
  return (
    <>
      <LimitWatch />
      <WrapUpWatch />
    </>
  )
}
