import { z } from 'zod'

/** A tool's address has places for these: what names the session, the ticket's number, the person's login, the machine's name. */
const remotePlaces = ['code', 'ticket', 'person', 'machine'] as const
export type RemotePlaces = Readonly<Record<(typeof remotePlaces)[number], string>>

/** The tool's address with its places filled; what is not known is left empty. */
export const remoteAddress = (template: string, places: RemotePlaces): string =>
  remotePlaces.reduce((address, place) => address.replaceAll(`{${place}}`, encodeURIComponent(places[place])), template)

export const remoteStart = z.object({ machine: z.string().trim().min(1).max(255).nullable().default(null) })
export type RemoteStart = z.input<typeof remoteStart>

const remoteSession = z.object({
  id: z.uuid(),
  by: z.string(),
  byId: z.string(),
  machine: z.string().nullable(),
  /** Where the tool is; for whoever began it. */
  url: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
})
export type RemoteSession = z.infer<typeof remoteSession>
/** The latest first. `offered`: the site has such a tool. */
export const remoteSessions = z.object({ offered: z.boolean(), sessions: z.array(remoteSession) })
export type RemoteSessions = z.infer<typeof remoteSessions>
