/**
 * « En tout état de cause au plus X minutes » (R11): a caller who has waited that long is an alarm on everybody's screen, and is at
 * once told again what can be done other than wait.
 */
import type { Call } from './model.ts'
import type { Settings } from './settings.ts'
import type { Turn } from './turn.ts'

/** When this call's wait becomes an alarm; infinite when it has been one, or does not wait. */
export const alarmDeadline = ({ arrivedAt, status, alarmedAt }: Call, { alarmMs }: Settings): number =>
  status.kind === 'waiting' && alarmedAt === null ? arrivedAt + alarmMs : Number.POSITIVE_INFINITY

export function raiseAlarm(turn: Turn, call: Call): void {
  if (alarmDeadline(call, turn.settings) <= turn.now) turn.record({ type: 'wait-alarm', callId: call.id })
}
