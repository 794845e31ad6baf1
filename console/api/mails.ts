import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { MailPreview, mailPreviewOrder, mailTrialOrder } from '../../server/contract/mail-templates.ts'
import type { IncomingMail } from '../../server/contract/incoming-mails.ts'
import type { MailSending } from '../../server/contract/http.ts'
import { request } from './client.ts'
import { queryClient, type Mail } from './queries.ts'

/** Those that wait for the mail server, or for somebody to say what became of them. */
export type MailsOnly = 'waiting' | 'to-settle'

/** The outbox, the latest first; nothing tells of it live, so it is asked for again. */
export const outgoingQuery = (only: MailsOnly | null) =>
  queryOptions({
    queryKey: ['mails', 'out', only],
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
    queryFn: () => request<Mail[]>('GET', only === null ? '/mails' : `/mails?only=${only}`),
  })
export const sendingQuery = queryOptions({
  queryKey: ['mails', 'sending'],
  refetchInterval: 5_000,
  queryFn: () => request<MailSending>('GET', '/mails/sending'),
})
const reread = () => queryClient.invalidateQueries({ queryKey: ['mails'] })

/** Try again now what could not leave. */
export async function retryMails(): Promise<void> {
  await request('POST', '/mails/retry')
  await reread()
}

/** A mail being edited, filled in. */
export const mailPreviewQuery = (order: z.input<typeof mailPreviewOrder>) =>
  queryOptions({
    queryKey: ['settings', 'mail-preview', order],
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: () => request<MailPreview>('POST', '/settings/mails/preview', order),
  })

/** Where a trial goes by itself. */
export const trialAddressQuery = queryOptions({
  queryKey: ['settings', 'mail-trial'],
  queryFn: () => request<{ to: string | null }>('GET', '/settings/mails/trial'),
})

/** @throws ApiError `mail_word_unknown`, `mail_word_missing`, `not_found` */
export const sendMailTrial = (order: z.input<typeof mailTrialOrder>) => request<{ to: string }>('POST', '/settings/mails/trial', order)

/** Say what became of a mail. @throws ApiError `conflict` when something else has meanwhile */
export async function settleMail(id: string, as: 'sent' | 'again'): Promise<void> {
  await request('POST', `/mails/${id}/settle`, { as })
  await reread()
}

/** What came in by mail, those to look at first; nothing tells of it live, so it is asked for again. */
export const incomingQuery = queryOptions({
  queryKey: ['mails', 'in'],
  refetchInterval: 60_000,
  queryFn: () => request<IncomingMail[]>('GET', '/mails/in'),
})
export const rawMailAddress = (id: string) => `/api/mails/in/${id}/raw`

/** Say that a mail was looked at. @throws ApiError `conflict` when somebody else did */
export async function seeMail(id: string): Promise<void> {
  await request('POST', `/mails/in/${id}/seen`)
  await queryClient.invalidateQueries({ queryKey: incomingQuery.queryKey })
}
