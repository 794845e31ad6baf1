import { z } from 'zod'
import { moment } from './entities.ts'
import { session } from './http.ts'

/** What a sign-in still waits for, once the password was right. */
export const signInStep = z.object({
  /** `code`: a second factor; `enrol`: one is required and there is none yet. */
  kind: z.enum(['code', 'enrol']),
  name: z.string(),
  /** What serves: a code of an application, a passkey, a recovery code. */
  totp: z.boolean(),
  passkey: z.boolean(),
  recovery: z.boolean(),
  /** Whether this address can have passkeys: not one made of figures. */
  passkeysPossible: z.boolean(),
  /** Until when one that was taken away can be set up again; null: there is no hurry. */
  dueAt: moment.nullable(),
})
export type SignInStep = z.infer<typeof signInStep>
/** Where a sign-in leads: a session, or what it still waits for. */
export const signedInOrStep = z.union([session, z.object({ step: signInStep })])
export type SignedInOrStep = z.infer<typeof signedInOrStep>

/** Digits of an application, or a recovery code, with the spaces and hyphens people type. */
export const secondFactorCode = z.object({ code: z.string().trim().min(6).max(20) })

/** A secret for an application that shows codes, in base32 and as the address its QR code holds. */
export const totpOffer = z.object({ secret: z.string(), uri: z.string() })
export type TotpOffer = z.infer<typeof totpOffer>
/** Codes for the day when nothing else is at hand, each serves once; shown this once. Null: those there were go on holding. */
export const recoveryCodesGiven = z.object({ recoveryCodes: z.array(z.string()).nullable() })
export type RecoveryCodesGiven = z.infer<typeof recoveryCodesGiven>
export const enrolled = recoveryCodesGiven.extend({ session })
export type Enrolled = z.infer<typeof enrolled>

/** WebAuthn's own shapes, checked by its library. */
export const passkeyOptions = z.record(z.string(), z.unknown())
export const passkeyAnswer = z.object({ response: z.looseObject({ id: z.string().min(1).max(1_500) }) })
export const passkeyCreation = passkeyAnswer.extend({ name: z.string().trim().min(1).max(60) })

export const secondFactorState = z.object({
  totpSince: moment.nullable(),
  passkeys: z.array(z.object({ id: z.string(), name: z.string(), createdAt: moment, lastUsedAt: moment.nullable() })),
  recoveryLeft: z.int(),
  /** By the setting for one's role. */
  required: z.boolean(),
  passkeysPossible: z.boolean(),
  /** Whether taking one away asks for the password. */
  asksPassword: z.boolean(),
})
export type SecondFactorState = z.infer<typeof secondFactorState>

/** The account's password, to take a protection away. */
export const passwordProof = z.object({ password: z.string().max(200).default('') })
