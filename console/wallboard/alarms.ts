import type { WallBoard } from '../../server/contract/walls.ts'

export type Tone = 'calm' | 'attention' | 'alarm'
export type Alarm = { readonly kind: 'telephony' | 'nobody' | 'wait' | 'late'; readonly tone: Exclude<Tone, 'calm'> }

/** How long whoever waits for longest has waited, in s; null: nobody waits. */
export const longestS = ({ oldestAt }: WallBoard, nowMs: number): number | null =>
  oldestAt === null ? null : Math.max(0, Math.floor((nowMs - Date.parse(oldestAt)) / 1_000))

/** @param waitS seconds; null: nobody waits */
export function waitTone({ attentionS, alarmS }: Pick<WallBoard, 'attentionS' | 'alarmS'>, waitS: number | null): Tone {
  if (waitS === null || waitS < Math.min(attentionS, alarmS)) return 'calm'
  return waitS >= alarmS ? 'alarm' : 'attention'
}

/** What asks to be seen from the other end of the room, the gravest first. */
export function alarmsOf(board: WallBoard, nowMs: number): readonly Alarm[] {
  const found: Alarm[] = []
  const { operators, telephony, open, waiting, counts } = board
  if (!telephony) found.push({ kind: 'telephony', tone: 'alarm' })
  if (open && waiting > 0 && operators.length === 0) found.push({ kind: 'nobody', tone: 'alarm' })
  if (waitTone(board, longestS(board, nowMs)) === 'alarm') found.push({ kind: 'wait', tone: 'alarm' })
  if ((counts?.owedLate ?? 0) > 0) found.push({ kind: 'late', tone: 'attention' })
  return found
}
