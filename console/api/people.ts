import { queryOptions } from '@tanstack/react-query'
import type { CheckOrder, IdentityCheck, NoteCreation, PersonPage, Readings } from '../../server/contract/people.ts'
import { query, request } from './client.ts'
import { queryClient } from './queries.ts'

const of = (id: string) => `/people/${encodeURIComponent(id)}`

export const personQuery = (id: string) => queryOptions({ queryKey: ['person', id], queryFn: () => request<PersonPage>('GET', of(id)) })

/** The latest code sent in a call or about a ticket; null when none was. */
export const checkQuery = (about: { readonly callId: string } | { readonly ticket: number }) => {
  const asked = 'ticket' in about ? { ticket: about.ticket } : { call: about.callId }
  return queryOptions({
    queryKey: ['checks', asked],
    queryFn: async () => (await request<{ check: IdentityCheck | null }>('GET', `/checks${query(asked)}`)).check,
  })
}

/** Who read a ticket, or a person's page; for supervisors. */
export const readingsQuery = (of: { readonly ticket: number } | { readonly person: string }) =>
  queryOptions({ queryKey: ['readings', of], staleTime: 0, queryFn: () => request<Readings>('GET', `/readings${query(of)}`) })

const readAgain = (personId: string) =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: ['person', personId] }),
    queryClient.invalidateQueries({ queryKey: ['checks'] }),
    queryClient.invalidateQueries({ queryKey: ['people'] }),
  ])

async function done<T>(personId: string, work: Promise<T>): Promise<T> {
  const answer = await work
  await readAgain(personId)
  return answer
}

/** @throws ApiError `no_address`, `too_many_codes` */
export const sendCode = (personId: string, about: CheckOrder) =>
  done(personId, request<IdentityCheck>('POST', `${of(personId)}/checks`, about))
/** @returns the check as it stands then @throws ApiError `conflict` when the code can be used no more */
export const keyCode = ({ id, personId }: IdentityCheck, code: string) =>
  done(personId, request<IdentityCheck>('POST', `/checks/${id}`, { code }))
/** The card of the ticket's requester was seen. */
export const sawCard = (ticket: number, personId: string) => done(personId, request<IdentityCheck>('POST', `/tickets/${ticket}/card`))
export const attachNumber = (personId: string, number: string, callId: string | null) =>
  done(personId, request('POST', `${of(personId)}/numbers`, { number, callId }))
export const detachNumber = (personId: string, number: string) =>
  done(personId, request('DELETE', `${of(personId)}/numbers/${encodeURIComponent(number)}`))
export const writeNote = (personId: string, note: NoteCreation) => done(personId, request('POST', `${of(personId)}/notes`, note))
export const eraseNote = (personId: string, note: string) => done(personId, request('DELETE', `${of(personId)}/notes/${note}`))
