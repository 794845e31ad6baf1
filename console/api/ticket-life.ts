import type { Completion } from '../../server/contract/completion.ts'
import type { Contribution } from '../../server/contract/http.ts'
import type { GivingBack, Missing, WaitingOrder } from '../../server/contract/ticket-states.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

const on = (number: number, action: string, body?: unknown) => request<unknown>('POST', `/tickets/${number}/${action}`, body)

export const contributeTo = (number: number, contribution: Contribution) => on(number, 'contributions', contribution)
export const completeTicket = (number: number, fields: Completion) => request<unknown>('PUT', `/tickets/${number}/fields`, fields)
/** Accept a request of somebody who is not known. */
export const confirmTicket = (number: number) => on(number, 'confirm')
export const redirectTicket = (number: number, groupId: string, reason: string) => on(number, 'redirect', { groupId, reason })
export const giveBackTicket = (number: number, order: GivingBack) => on(number, 'give-back', order)
export const askMissing = (number: number, asked: Missing) => on(number, 'missing', asked)
export const putAside = (number: number, order: WaitingOrder) => on(number, 'wait', order)
export const resumeTicket = (number: number) => on(number, 'resume')
export const proposeSolution = (number: number, solution: string) => on(number, 'solution', { solution })
/** What the requester said to us; the call is the proof when there is one. */
export const acceptSolution = (number: number, callId: string | null) => on(number, 'solution/accept', { callId })
export const refuseSolution = (number: number, reason: string, callId: string | null) => on(number, 'solution/refuse', { reason, callId })
export const reopenTicket = (number: number, reason: string) => on(number, 'reopen', { reason })

/** After a command on a ticket, whether it went through or somebody was faster. */
export const readAgain = () => Promise.all(['ticket', 'tickets', 'next'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
