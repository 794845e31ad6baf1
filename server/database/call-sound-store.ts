import { eq } from 'drizzle-orm'
import { integer, pgTable, primaryKey, real, text, timestamp } from 'drizzle-orm/pg-core'
import type { CallSound } from '../contract/phones.ts'
import type { Queries } from './connection.ts'

const callSound = pgTable(
  'call_sound',
  {
    callId: text('call_id').notNull(),
    operatorId: text('operator_id').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    seconds: integer('seconds').notNull(),
    lossPercent: real('loss_percent').notNull(),
    jitterMs: real('jitter_ms').notNull(),
    roundTripMs: real('round_trip_ms'),
  },
  (table) => [primaryKey({ columns: [table.callId, table.operatorId] })],
)

/** How conversations sounded at operators' browsers; the last word of each counts. */
export function callSoundStore(db: Queries, now: () => Date) {
  return {
    async keep(callId: string, operatorId: string, sound: CallSound): Promise<void> {
      const said = { at: now(), ...sound }
      await db
        .insert(callSound)
        .values({ callId, operatorId, ...said })
        .onConflictDoUpdate({ target: [callSound.callId, callSound.operatorId], set: said })
    },

    of: (callId: string): Promise<(CallSound & { readonly operatorId: string })[]> =>
      db
        .select({
          operatorId: callSound.operatorId,
          seconds: callSound.seconds,
          lossPercent: callSound.lossPercent,
          jitterMs: callSound.jitterMs,
          roundTripMs: callSound.roundTripMs,
        })
        .from(callSound)
        .where(eq(callSound.callId, callId)),
  }
}
export type CallSoundStore = ReturnType<typeof callSoundStore>
