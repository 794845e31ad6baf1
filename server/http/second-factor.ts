import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Role } from '../contract/entities.ts'
import type { SecondFactorState, SignInStep, TotpOffer } from '../contract/second-factor.ts'
import type { SecondFactorStore } from '../database/second-factor-store.ts'
import { ServiceError } from '../errors.ts'
import { createSealing } from '../sealing.ts'
import { createSignInGuard } from './sign-in-guard.ts'
import { base32, stepOfCode, totpUri } from './totp.ts'

type Who = { readonly id: string; readonly login: string; readonly name: string; readonly role: Role }
/** A WebAuthn question: what the browser is given, and what its answer must sign. */
export type Asked = { readonly options: Record<string, unknown>; readonly challenge: string }

// Read when a passkey is asked for: callers are served before.
const webAuthn = () => import('@simplewebauthn/server')

const secretBytes = 20
const recoveryCodes = 10
/** 50 bits each: beyond guessing, within typing. */
const recoveryBytes = 7
const passkeysAtMost = 20

/** `XXXXX-XXXXX`, however somebody types it. */
const plain = (code: string) => code.toUpperCase().replace(/[\s-]/g, '')
const shown = (code: string) => `${code.slice(0, 5)}-${code.slice(5)}`

/**
 * The second factor: codes of an application, passkeys, and recovery codes for the day when neither is at hand.
 * @param parts.key the site's secret; without it, secrets and codes kept in the database are worth nothing
 * @param parts.now in ms
 */
export function createSecondFactor(parts: {
  readonly store: SecondFactorStore
  readonly key: string
  readonly publicUrl: string
  readonly issuer: () => string
  readonly requiredFor: () => readonly Role[]
  /** For so many hours a second factor that was taken away can be set up again by the password alone. */
  readonly resetHours: () => number
  readonly now: () => number
}) {
  const { store, now } = parts
  const sealing = createSealing(parts.key, 'second factor')
  const guard = createSignInGuard(now)
  const { hostname, origin } = new URL(parts.publicUrl)
  const passkeysPossible = isIP(hostname.replace(/^\[|\]$/g, '')) === 0
  const isRequired = (who: Who) => parts.requiredFor().includes(who.role)

  function newCodes(accountId: string): { readonly codes: readonly string[]; readonly hashes: readonly string[] } {
    const codes = Array.from({ length: recoveryCodes }, () => base32(randomBytes(recoveryBytes)).slice(0, 10))
    return { codes: codes.map(shown), hashes: codes.map((code) => sealing.hash(`${accountId} ${code}`)) }
  }

  /** New recovery codes come with the first protection, and stay with the next ones. */
  async function firstCodes(accountId: string) {
    return (await store.of(accountId)).recoveryLeft > 0 ? null : newCodes(accountId)
  }

  function needPasskeys(): void {
    if (!passkeysPossible) throw new ServiceError('passkey_refused')
  }

  async function checkTotp(accountId: string, code: string): Promise<boolean> {
    const { totp } = await store.of(accountId)
    const secret = totp === null ? null : sealing.open(totp.totpSecret)
    const step = secret === null ? null : stepOfCode(secret, code, now())
    return step !== null && (await store.useTotpStep(accountId, step))
  }

  return {
    async state(who: Who): Promise<Omit<SecondFactorState, 'asksPassword'>> {
      const { totp, passkeys, recoveryLeft } = await store.of(who.id)
      return {
        totpSince: totp?.since.toISOString() ?? null,
        passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
          id,
          name,
          createdAt: createdAt.toISOString(),
          lastUsedAt: lastUsedAt?.toISOString() ?? null,
        })),
        recoveryLeft,
        required: isRequired(who),
        passkeysPossible,
      }
    },

    /**
     * What this account's sign-in still waits for once its password was right; null: nothing.
     * @throws ServiceError `second_factor_overdue` when the one that was taken away was not set up again in time
     */
    async asked(who: Who): Promise<SignInStep | null> {
      const { totp, passkeys, recoveryLeft, resetAt } = await store.of(who.id)
      const has = totp !== null || passkeys.length > 0
      if (!has && !isRequired(who)) {
        // Another day, when their role must have one, they set it up like anybody else.
        if (resetAt !== null) await store.endReset(who.id)
        return null
      }
      const dueAt = has || resetAt === null ? null : new Date(resetAt.getTime() + parts.resetHours() * 3_600_000)
      if (dueAt !== null && dueAt.getTime() <= now()) throw new ServiceError('second_factor_overdue')
      return {
        kind: has ? 'code' : 'enrol',
        name: who.name,
        totp: totp !== null,
        passkey: passkeysPossible && passkeys.length > 0,
        recovery: has && recoveryLeft > 0,
        passkeysPossible,
        dueAt: dueAt?.toISOString() ?? null,
      }
    },

    /** A secret for an application: nothing is kept before {@link confirmTotp}. `sealed` goes there. */
    offerTotp(who: Who): TotpOffer & { readonly sealed: string } {
      const secret = randomBytes(secretBytes)
      const text = base32(secret)
      return { secret: text, uri: totpUri({ secret: text, login: who.login, issuer: parts.issuer() }), sealed: sealing.seal(secret) }
    },

    /** @returns new recovery codes, null when there were some already @throws ServiceError `wrong_code`, `too_many_attempts` */
    async confirmTotp(who: Who, sealed: string, code: string, address: string): Promise<readonly string[] | null> {
      guard.begin(who.id, address)
      const secret = sealing.open(sealed)
      const step = secret === null ? null : stepOfCode(secret, plain(code), now())
      if (secret === null || step === null) throw new ServiceError('wrong_code')
      guard.succeeded(who.id, address)
      const codes = await firstCodes(who.id)
      await store.setTotp(who.id, sealed, step, codes?.hashes ?? null)
      return codes?.codes ?? null
    },

    /** A code of the application, or a recovery code, either of which serves once. @throws ServiceError `wrong_code`, `too_many_attempts` */
    async useCode(who: Who, typed: string, address: string): Promise<void> {
      guard.begin(who.id, address)
      const code = plain(typed)
      const right = /^\d{6}$/.test(code)
        ? await checkTotp(who.id, code)
        : await store.useRecoveryCode(who.id, sealing.hash(`${who.id} ${code}`))
      if (!right) throw new ServiceError('wrong_code')
      guard.succeeded(who.id, address)
    },

    async newRecoveryCodes(who: Who): Promise<readonly string[]> {
      const { codes, hashes } = newCodes(who.id)
      await store.replaceRecoveryCodes(who.id, hashes)
      return codes
    },

    async askNewPasskey(who: Who): Promise<Asked> {
      needPasskeys()
      const { passkeys } = await store.of(who.id)
      if (passkeys.length >= passkeysAtMost) throw new ServiceError('conflict')
      const { generateRegistrationOptions } = await webAuthn()
      const options = await generateRegistrationOptions({
        rpName: parts.issuer(),
        rpID: hostname,
        userID: Buffer.from(sealing.hash(who.id), 'base64url'),
        userName: who.login,
        userDisplayName: who.name,
        excludeCredentials: passkeys.map(({ id, transports }) => ({ id, transports })),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
      })
      return { options: { ...options }, challenge: options.challenge }
    },

    /** @returns new recovery codes, null when there were some already @throws ServiceError `passkey_refused` */
    async addPasskey(who: Who, challenge: string, response: Record<string, unknown>, name: string): Promise<readonly string[] | null> {
      needPasskeys()
      const { verifyRegistrationResponse } = await webAuthn()
      const done = await verifyRegistrationResponse({
        response: response as unknown as RegistrationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: hostname,
        requireUserVerification: false,
      }).catch(() => null)
      if (done === null || !done.verified) throw new ServiceError('passkey_refused')
      const { id, publicKey, counter, transports = [] } = done.registrationInfo.credential
      const codes = await firstCodes(who.id)
      const passkey = { id, name, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports }
      await store.addPasskey(who.id, passkey, codes?.hashes ?? null)
      return codes?.codes ?? null
    },

    async askPasskey(who: Who): Promise<Asked> {
      needPasskeys()
      const { passkeys } = await store.of(who.id)
      const { generateAuthenticationOptions } = await webAuthn()
      const options = await generateAuthenticationOptions({
        rpID: hostname,
        allowCredentials: passkeys.map(({ id, transports }) => ({ id, transports })),
        userVerification: 'preferred',
      })
      return { options: { ...options }, challenge: options.challenge }
    },

    /** @throws ServiceError `passkey_refused`, `too_many_attempts` */
    async usePasskey(who: Who, challenge: string, response: Record<string, unknown>, address: string): Promise<void> {
      guard.begin(who.id, address)
      const { passkeys } = await store.of(who.id)
      const key = passkeys.find(({ id }) => id === response['id'])
      if (key === undefined) throw new ServiceError('passkey_refused')
      const { verifyAuthenticationResponse } = await webAuthn()
      const done = await verifyAuthenticationResponse({
        response: response as unknown as AuthenticationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: hostname,
        credential: { ...key, publicKey: new Uint8Array(Buffer.from(key.publicKey, 'base64url')) },
        requireUserVerification: false,
      }).catch(() => null)
      if (done === null || !done.verified) throw new ServiceError('passkey_refused')
      await store.usedPasskey(key.id, done.authenticationInfo.newCounter)
      guard.succeeded(who.id, address)
    },

    /** @throws ServiceError `not_found`; `second_factor_required` when it is the last protection of somebody who must have one */
    async remove(who: Who, what: { readonly totp: true } | { readonly passkey: string }): Promise<void> {
      const { totp, passkeys } = await store.of(who.id)
      // Asked twice over: what is counted as going has gone, and the one that is left would go with it.
      if ('totp' in what && totp === null) throw new ServiceError('not_found')
      const left = (totp !== null ? 1 : 0) + passkeys.length - 1
      if (left < 1 && isRequired(who)) throw new ServiceError('second_factor_required')
      if ('totp' in what) await store.removeTotp(who.id)
      else if (!(await store.removePasskey(who.id, what.passkey))) throw new ServiceError('not_found')
      // Recovery codes alone are no second factor.
      if (left < 1) await store.clear(who.id)
    },

    /** Everything of somebody's is taken away, by who administers: a telephone was lost. Once more: the time to set up another begins anew. */
    reset: (accountId: string): Promise<void> => store.reset(accountId),
  }
}
export type SecondFactor = ReturnType<typeof createSecondFactor>
