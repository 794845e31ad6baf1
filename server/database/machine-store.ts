import { and, eq, or, sql } from 'drizzle-orm'
import type { LinkedMachines, Machine } from '../contract/ocs.ts'
import type { Db } from './connection.ts'
import { ticketMachines } from './schema-neighbours.ts'
import { people, tickets } from './schema.ts'

type Of = { readonly ticketId: string } | { readonly callId: string }
type By = { readonly id: string; readonly name: string }
const same = (server: string, deviceId: string) => and(eq(ticketMachines.serverId, server), eq(ticketMachines.deviceId, deviceId))
const shown = ({ machine, byName, at }: typeof ticketMachines.$inferSelect): LinkedMachines[number] => ({
  ...machine,
  by: byName,
  at: at.toISOString(),
})

/** Which machines tickets are about. */
export function machineStore(db: Db, now: () => Date) {
  const ofTicket = (number: number) =>
    sql`(${ticketMachines.ticketId} in (select ${tickets.id} from ${tickets} where ${tickets.number} = ${number})
      or ${ticketMachines.callId} in (select ${tickets.callId} from ${tickets} where ${tickets.number} = ${number}))`
  return {
    /** Null: the directory says none, or there is no such person. */
    async loginOf(personId: string): Promise<string | null> {
      const [row] = await db.select({ login: people.login }).from(people).where(eq(people.id, personId))
      return row?.login ?? null
    },

    /** A second time it is as it is now. */
    async link(of: Of, machine: Machine, by: By): Promise<void> {
      const [ticketId, callId] = 'ticketId' in of ? [of.ticketId, null] : [null, of.callId]
      const values = { machine, byId: by.id, byName: by.name, at: now() }
      await db.transaction(async (tx) => {
        const own = or(
          ...(ticketId === null ? [] : [eq(ticketMachines.ticketId, ticketId)]),
          ...(callId === null ? [] : [eq(ticketMachines.callId, callId)]),
        )
        const again = await tx
          .update(ticketMachines)
          .set(values)
          .where(and(own, same(machine.server.id, machine.deviceId)))
        if ((again.rowCount ?? 0) > 0) return
        await tx
          .insert(ticketMachines)
          .values({ ticketId, callId, serverId: machine.server.id, deviceId: machine.deviceId, ...values })
          .onConflictDoNothing()
      })
    },

    async ofCall(callId: string): Promise<LinkedMachines> {
      return (await db.select().from(ticketMachines).where(eq(ticketMachines.callId, callId)).orderBy(ticketMachines.id)).map(shown)
    },
    async ofTicket(number: number): Promise<LinkedMachines> {
      const rows = await db.select().from(ticketMachines).where(ofTicket(number)).orderBy(ticketMachines.id)
      return rows.map(shown)
    },

    async unlinkCall(callId: string, server: string, deviceId: string): Promise<void> {
      await db.delete(ticketMachines).where(and(eq(ticketMachines.callId, callId), same(server, deviceId)))
    },
    async unlinkTicket(number: number, server: string, deviceId: string): Promise<void> {
      await db.delete(ticketMachines).where(and(ofTicket(number), same(server, deviceId)))
    },
  }
}
export type MachineStore = ReturnType<typeof machineStore>
