import { z } from 'zod'
import { signInStep } from './second-factor.ts'

/** A way to sign in beside a login and a password. */
const signInWay = z.object({ kind: z.enum(['oidc', 'cas']), name: z.string(), href: z.string() })
export type SignInWay = z.infer<typeof signInWay>
/** What the sign-in page offers. @property step what this browser's sign-in still waits for */
export const signInWays = z.object({ ways: z.array(signInWay), step: signInStep.nullable() })
export type SignInWays = z.infer<typeof signInWays>
