import { z } from 'zod'
import { moment } from './entities.ts'

/*
 * OCS Inventory next door, one server or several, by its REST interface. What is chosen is the settings `ocs`; passwords are none of them:
 * they are kept sealed, each for one address, and never given back.
 */

/** An address without a password in it; plain `http://` to this machine alone. */
const ocsAddress = z
  .url()
  .max(500)
  .refine((written) => /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(?=[:/]|$))[^@?#]*$/i.test(written))

export const ocsServer = z.object({
  /** Chosen by the client. */
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().trim().min(1).max(60),
  address: ocsAddress,
  /** Of the web server's own password; empty: none is asked for. */
  login: z.string().trim().max(100).default(''),
})
export type OcsServer = z.infer<typeof ocsServer>

export const ocsSettings = z.object({
  /** None: no machines are shown. */
  servers: z
    .array(ocsServer)
    .max(10)
    .refine((servers) => new Set(servers.map(({ id }) => id)).size === servers.length)
    .default([]),
})
export type OcsSettings = z.infer<typeof ocsSettings>

/** `password` null: the one that is kept, if it is for this address; `uid`: whose machines are looked for. */
export const ocsTrial = z.object({
  server: ocsServer,
  password: z.string().min(1).max(500).nullable().default(null),
  uid: z.string().trim().max(100).default(''),
})
export type OcsTrial = z.input<typeof ocsTrial>

/** A machine, known by what OCS calls its DEVICEID: names are given twice. */
const machine = z.object({
  server: z.object({ id: z.string(), name: z.string() }),
  /** OCS's own number of it, which a new inventory may change. */
  ocsId: z.int(),
  deviceId: z.string(),
  name: z.string(),
  system: z.string(),
  model: z.string(),
  serial: z.string(),
  address: z.string(),
  /** Megabytes; null: not said. */
  memory: z.int().nullable(),
  /** When it was last inventoried, as OCS writes it. */
  seen: z.string(),
  url: z.string(),
})
export type Machine = z.infer<typeof machine>

export const ocsTrialled = z.object({ ok: z.boolean(), says: z.string(), machines: z.array(machine) })
export type OcsTrialled = z.infer<typeof ocsTrialled>

export const ocsPassword = z.object({
  server: ocsServer.pick({ id: true, address: true }),
  password: z.string().min(1).max(500).nullable(),
})
export type OcsPassword = z.infer<typeof ocsPassword>

export const ocsState = z.object({
  servers: z.array(
    z.object({
      id: z.string(),
      passwordKept: z.boolean(),
      /** `unasked`: nobody's machines were wanted yet. */
      state: z.enum(['unasked', 'well', 'failing']),
      at: moment.nullable(),
      says: z.string().nullable(),
    }),
  ),
})
export type OcsState = z.infer<typeof ocsState>

export const machinesOf = z.object({
  /** `asking`: they come in a moment; `unknown`: this person has no login; `off`: there is no OCS. */
  state: z.enum(['off', 'unknown', 'asking', 'known']),
  /** When they were read; null: not yet. */
  at: moment.nullable(),
  machines: z.array(machine),
  /** Names of servers that did not answer: their machines are those read before. */
  away: z.array(z.string()),
})
export type MachinesOf = z.infer<typeof machinesOf>

export const machineLink = z.object({ server: z.string().max(40), deviceId: z.string().min(1).max(255) })
export type MachineLink = z.infer<typeof machineLink>
export const linkedMachines = z.array(machine.extend({ by: z.string(), at: moment }))
export type LinkedMachines = z.infer<typeof linkedMachines>
