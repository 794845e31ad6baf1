import { z } from 'zod'

/**
 * How an operator is rung. `browser`: the console; `registered`: a phone of our own; `extension`: behind the exchange; `demo`: the
 * demonstration's, inside Asterisk, unless a phone is registered.
 */
export const phoneKind = z.enum(['browser', 'registered', 'extension', 'demo'])
export type PhoneKind = z.infer<typeof phoneKind>

/** `kind` null: the registered phone while there is one, else the extension. `offered`: what can be chosen here. */
export const phoneChoice = z.object({ kind: phoneKind.nullable(), offered: z.array(phoneKind) })
export type PhoneChoice = z.infer<typeof phoneChoice>
export const phoneChange = z.object({ kind: phoneKind.nullable() })

/** What the console signs in with to be a phone; new at each start of the service. */
export const browserPhone = z.object({ login: z.string(), password: z.string(), realm: z.string() })
export type BrowserPhone = z.infer<typeof browserPhone>
/** Where the console's phone talks SIP, by the same door as everything else. */
export const browserPhonePath = '/telephone'
/** Why the service ends a browser phone's connection: somebody signed in as the same phone elsewhere; the session is over. */
export const browserPhoneEnds = { elsewhere: 4001, signedOut: 4002 } as const

/** How a conversation sounded at this browser, over all of it. `roundTripMs` null: the other end did not say. */
export const callSound = z.object({
  seconds: z.int().min(0).max(86_400),
  lossPercent: z.number().min(0).max(100),
  jitterMs: z.number().min(0).max(60_000),
  roundTripMs: z.number().min(0).max(60_000).nullable(),
})
export type CallSound = z.infer<typeof callSound>
