import { notifications } from '@mantine/notifications'
import type { Person, Ticket } from '../../server/contract/entities.ts'
import type { OutOfScope } from '../../server/contract/out-of-scope.ts'
import type { Closing, OperatorChange, Session, TicketCreation } from '../../server/contract/http.ts'
import type { SignedInOrStep } from '../../server/contract/second-factor.ts'
import { answerHere } from '../live/own-phone.ts'
import { i18n } from '../ui/i18n.ts'
import { request } from './client.ts'
import { errorText } from './error-text.ts'
import { queryClient } from './queries.ts'

/** Say calmly that a command failed, and why. */
export function tellFailure(error: unknown, title: string = i18n.t('call.failed')): void {
  notifications.show({ color: 'alarm', title, message: errorText(error), withBorder: true, autoClose: 8_000 })
}

/** Say it when a command fails. */
export const told = (command: Promise<unknown>) => {
  command.catch((error: unknown) => tellFailure(error))
}
const onCall = (action: 'answer' | 'decline' | 'hangup') => (callId: string) =>
  told(request('POST', `/calls/${encodeURIComponent(callId)}/${action}`))

const answerElsewhere = onCall('answer')
/** Pick up: here, when the browser is my phone, else by the service. */
export const answerCall = (callId: string) => {
  if (!answerHere()) answerElsewhere(callId)
}
export const declineCall = onCall('decline')
export const finishCall = onCall('hangup')
/** The caller hears music while `on`; the server says when it is so. */
export const holdCall = (callId: string, on: boolean) => told(request('POST', `/calls/${encodeURIComponent(callId)}/hold`, { on }))
/** Puts the conversation's limit off; the reason is written down. */
export const extendCall = (callId: string, reason: string) =>
  told(request('POST', `/calls/${encodeURIComponent(callId)}/extend`, { reason }))
/** Opens or closes the desk now, until a moment (ISO) or until taken back; null goes back to the hours. */
export const orderOpening = (open: boolean | null, until: string | null) => told(request('PUT', '/desk/opening', { open, until }))
export const changeState = (change: OperatorChange) => told(request('PUT', '/operators/me', change))
/** One more minute of wrap-up. */
export const needLonger = () => told(request('POST', '/operators/me/wrap-up'))
/** Somebody else's state, by right; they are told who did it. */
export const orderState = (operatorId: string, change: OperatorChange) =>
  told(request('PUT', `/operators/${encodeURIComponent(operatorId)}`, change))

export const createTicket = (creation: TicketCreation) => request<Ticket>('POST', '/tickets', creation)
/** @throws ApiError `conflict` when a colleague was faster. */
export const takeUpTicket = (number: number) => request<Ticket>('POST', `/tickets/${number}/take-up`)
export const closeTicket = (number: number, solution: string, outOfScope?: OutOfScope) =>
  request<unknown>('POST', `/tickets/${number}/close`, { solution, ...(outOfScope && { outOfScope }) } satisfies Closing)
export const placeDemoCall = (caller: { personId?: Person['id']; number?: string; line: string | null }) =>
  request<unknown>('POST', '/demo/calls', caller)
export const switchDemo = (closed: boolean) => request<unknown>('PUT', '/demo', { closed })

/** Who is signed in changes; nothing read for one person may show to the next. */
export function become(session: Session | null): void {
  queryClient.removeQueries({ predicate: (q) => q.queryKey[0] !== 'session' })
  queryClient.setQueryData(['session'], session)
}

/** Signed in, or what is still awaited. @throws ApiError `bad_credentials`, `too_many_attempts`. */
export async function signIn(login: string, password: string): Promise<SignedInOrStep> {
  const outcome = await request<SignedInOrStep>('POST', '/session', { login, password })
  if (!('step' in outcome)) become(outcome)
  return outcome
}

const untold = new Set<() => Promise<unknown>>()
const untoldMs = 2_000
/** Have what somebody has done, and the server has not been told yet, told before they leave. */
export const beforeSignOut = (tell: () => Promise<unknown>): void => void untold.add(tell)

/** Ends the session here whatever the server answers: whoever leaves must not stay signed in on screen. */
export async function signOut(): Promise<void> {
  let left: { readonly continueAt: string } | null = null
  const late = new Promise((resolve) => window.setTimeout(resolve, untoldMs))
  await Promise.race([Promise.allSettled([...untold].map((tell) => tell())), late])
  try {
    left = await request<{ readonly continueAt: string } | null>('DELETE', '/session')
  } finally {
    become(null)
  }
  // Who vouched is left too, or the next one at this computer would be let in without a word.
  if (left !== null) window.location.assign(left.continueAt)
}
