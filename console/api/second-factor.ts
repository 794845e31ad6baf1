import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import { queryOptions } from '@tanstack/react-query'
import type { Session } from '../../server/contract/http.ts'
import type { Enrolled, RecoveryCodesGiven, SecondFactorState, TotpOffer } from '../../server/contract/second-factor.ts'
import type { SignInWays } from '../../server/contract/sign-in.ts'
import { request } from './client.ts'
import { become } from './commands.ts'
import { queryClient } from './queries.ts'

/** What the sign-in page offers, and what this browser's sign-in still waits for. */
export const waysQuery = queryOptions({ queryKey: ['sign-in'], staleTime: 0, queryFn: () => request<SignInWays>('GET', '/sign-in') })
export const secondFactorQuery = queryOptions({
  queryKey: ['second-factor'],
  staleTime: 0,
  queryFn: () => request<SecondFactorState>('GET', '/second-factor'),
})

const reread = () => queryClient.invalidateQueries({ queryKey: ['second-factor'] })
const browserKeys = () => import('@simplewebauthn/browser')

/** A passkey asked by the browser was not given: closed, refused, or too late. */
export class PasskeyAbandoned extends Error {}

async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch {
    throw new PasskeyAbandoned()
  }
}

/** @throws ApiError `wrong_code`, `too_many_attempts`, `step_over` */
export async function finishByCode(code: string): Promise<void> {
  become(await request<Session>('POST', '/session/step/code', { code }))
}
/** @throws PasskeyAbandoned; ApiError `passkey_refused`, `step_over` */
export async function finishByPasskey(): Promise<void> {
  const { startAuthentication } = await browserKeys()
  const optionsJSON = await request<PublicKeyCredentialRequestOptionsJSON>('POST', '/session/step/passkey/options')
  const response = await asked(() => startAuthentication({ optionsJSON }))
  become(await request<Session>('POST', '/session/step/passkey', { response }))
}
export async function abandonStep(): Promise<void> {
  await request('DELETE', '/session/step')
  await queryClient.invalidateQueries({ queryKey: ['sign-in'] })
}

/** Where a protection is added: at a sign-in that requires one, or to one's own account. */
export type Enrolling = {
  readonly offer: () => Promise<TotpOffer>
  readonly confirm: (code: string) => Promise<RecoveryCodesGiven & Partial<Enrolled>>
  readonly passkey: (name: string) => Promise<RecoveryCodesGiven & Partial<Enrolled>>
}

const enrollingAt = (path: string): Enrolling => ({
  offer: () => request<TotpOffer>('POST', `${path}/totp`),
  confirm: (code) => request('PUT', `${path}/totp`, { code }),
  async passkey(name) {
    const { startRegistration } = await browserKeys()
    const optionsJSON = await request<PublicKeyCredentialCreationOptionsJSON>('POST', `${path}/passkeys/options`)
    const response = await asked(() => startRegistration({ optionsJSON }))
    return request('POST', `${path}/passkeys`, { name, response })
  },
})
export const enrollingAtSignIn = enrollingAt('/session/step')
const mine = enrollingAt('/second-factor')
export const enrollingMine: Enrolling = {
  offer: mine.offer,
  confirm: (code) => mine.confirm(code).finally(() => void reread()),
  passkey: (name) => mine.passkey(name).finally(() => void reread()),
}

/** @throws ApiError `bad_credentials`, `second_factor_required` */
export async function forgetTotp(password: string): Promise<void> {
  queryClient.setQueryData(secondFactorQuery.queryKey, await request<SecondFactorState>('DELETE', '/second-factor/totp', { password }))
}
/** @throws as {@link forgetTotp} */
export async function forgetPasskey(id: string, password: string): Promise<void> {
  const path = `/second-factor/passkeys/${encodeURIComponent(id)}`
  queryClient.setQueryData(secondFactorQuery.queryKey, await request<SecondFactorState>('DELETE', path, { password }))
}
/** @throws ApiError `bad_credentials` */
export async function newRecoveryCodes(password: string): Promise<readonly string[]> {
  const { recoveryCodes } = await request<RecoveryCodesGiven>('POST', '/second-factor/recovery', { password })
  await reread()
  return recoveryCodes ?? []
}
/** Somebody lost theirs. */
export async function clearSecondFactor(accountId: string): Promise<void> {
  await request('DELETE', `/accounts/${encodeURIComponent(accountId)}/second-factor`)
  await queryClient.invalidateQueries({ queryKey: ['accounts'] })
}
