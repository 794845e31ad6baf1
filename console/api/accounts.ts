import { queryOptions } from '@tanstack/react-query'
import type { Account, NewPassword, OwnSession, PasswordLink, PasswordOffer } from '../../server/contract/accounts.ts'
import type { Role } from '../../server/contract/entities.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

export const allAccountsQuery = queryOptions({ queryKey: ['accounts', 'all'], queryFn: () => request<Account[]>('GET', '/accounts/all') })
export const ownSessionsQuery = queryOptions({
  queryKey: ['sessions'],
  staleTime: 0,
  queryFn: () => request<OwnSession[]>('GET', '/sessions'),
})
/** Whose password a link lets choose. */
export const offerQuery = (token: string) =>
  queryOptions({
    queryKey: ['password-offer', token],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => request<PasswordOffer>('POST', '/passwords/offer', { token }),
  })

/** @throws ApiError `not_found` when the link has served, `conflict` when the login is taken */
export const choosePassword = (token: string, choice: NewPassword) => request<null>('POST', '/passwords', { token, ...choice })
/** @throws ApiError `bad_credentials`; `conflict` for an account of the directory */
export const changePassword = (current: string, password: string) => request<null>('PUT', '/session/password', { current, password })

export async function endSession(id: string): Promise<void> {
  await request('DELETE', `/sessions/${id}`)
  await queryClient.invalidateQueries({ queryKey: ownSessionsQuery.queryKey })
}

export type Described = {
  readonly name: string
  readonly role: Role
  readonly extension: string | null
  readonly phone: 'browser' | 'registered' | 'extension' | null
}
const reread = () => queryClient.invalidateQueries({ queryKey: ['accounts'] })

/** @returns the link by which its owner chooses a password @throws ApiError `conflict` when login or extension is taken */
export async function createAccount(creation: Described & { readonly login: string }): Promise<PasswordLink> {
  const link = await request<PasswordLink>('POST', '/accounts', creation)
  await reread()
  return link
}
/** @throws ApiError `conflict` when the extension is taken, or one would lock oneself out */
export async function changeAccount(id: string, change: Described & { readonly disabled: boolean }): Promise<void> {
  await request('PUT', `/accounts/${encodeURIComponent(id)}`, change)
  await reread()
}
export const newLink = (id: string) => request<PasswordLink>('POST', `/accounts/${encodeURIComponent(id)}/link`)
