import { createHash, randomBytes } from 'node:crypto'
import type { SecondFactorStore, Step } from '../database/second-factor-store.ts'

const lastsSeconds = 600
const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/**
 * What a browser is in the middle of, ten minutes at most, known by a cookie of its own that opens nothing. It is sent when another site
 * leads back here (`Lax`): that is how a provider of identities answers.
 * @param settings.now in ms
 */
export function createSignInSteps(
  store: Pick<SecondFactorStore, 'beginStep' | 'step' | 'changeStep' | 'endStep'>,
  settings: { readonly publicUrl: string; readonly now: () => number },
) {
  const secure = settings.publicUrl.startsWith('https:')
  const name = secure ? '__Host-guichet-step' : 'guichet-step'
  const inHeader = new RegExp(`(?:^|;)\\s*${name}=([\\w-]{43})\\s*(?:;|$)`)
  const written = (value: string, maxAge: number) =>
    `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? '; Secure' : ''}`
  return {
    /** @returns the `Set-Cookie` to send */
    async begin(kind: string, accountId: string | null, content: Step['content']): Promise<string> {
      const token = randomBytes(32).toString('base64url')
      await store.beginStep({ tokenHash: hashOf(token), kind, accountId, content }, new Date(settings.now() + lastsSeconds * 1_000))
      return written(token, lastsSeconds)
    },
    /** Null when this browser is in the middle of nothing of that kind, or no longer. */
    async read(cookieHeader: string | undefined, kind: string): Promise<Step | null> {
      const token = inHeader.exec(cookieHeader ?? '')?.[1]
      return token === undefined ? null : store.step(hashOf(token), kind)
    },
    change: ({ tokenHash }: Step, content: Step['content']): Promise<void> => store.changeStep(tokenHash, content),
    /** @returns false when it had ended already: a step ends once */
    end: ({ tokenHash }: Step): Promise<boolean> => store.endStep(tokenHash),
    clear: (): string => written('', 0),
  }
}
export type SignInSteps = ReturnType<typeof createSignInSteps>
