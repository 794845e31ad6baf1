import { z } from 'zod'
import { mailPreview, mailPreviewOrder, mailTrialAddress, mailTrialOrder } from '../contract/mail-templates.ts'
import type { Ticket } from '../contract/entities.ts'
import { ServiceError } from '../errors.ts'
import { refuseUnusableMail } from '../settings/check.ts'
import { derive } from '../settings/derived.ts'
import { previewMail, sampleTicket } from '../tickets/mail-preview.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

type Parts = Pick<HttpParts, 'settings' | 'config' | 'stores' | 'now' | 'onMailOwed'>

/** The texts of the mails, tried before they are saved. */
export function mailTemplateRoutes(app: App, { settings, config, stores, now, onMailOwed }: Parts): void {
  async function ticketOf(number: number | null): Promise<Ticket> {
    if (number === null) return sampleTicket
    const found = await stores.tickets.find(number)
    if (found === null) throw new ServiceError('not_found', `ticket n° ${number}`)
    return found
  }

  async function seen({ name, template, languages, mark, number }: z.output<typeof mailPreviewOrder>) {
    refuseUnusableMail(name, template)
    return previewMail(name, template, { languages, mark }, await ticketOf(number), {
      now: new Date(now()).toISOString(),
      publicUrl: config.publicUrl,
      policy: derive(settings.values, config.timeZone).tickets,
      // Nor into its requester's answer: a trial may go to anybody.
      answerUrl: ({ number: shown }) => `${config.publicUrl}/avis/${shown}`,
    })
  }

  app.post(
    '/api/settings/mails/preview',
    { schema: { summary: 'A mail being edited, filled in', body: mailPreviewOrder, response: answering(mailPreview) } },
    ({ body }) => seen(body),
  )

  app.get(
    '/api/settings/mails/trial',
    { schema: { summary: 'Where a trial would go by itself', response: answering(mailTrialAddress) } },
    async (request) => ({ to: await stores.mails.addressOf(signedIn(request).id) }),
  )

  app.post(
    '/api/settings/mails/trial',
    { schema: { summary: 'Send a mail being edited', body: mailTrialOrder, response: answering(z.object({ to: z.string() })) } },
    async ({ body }) => {
      await stores.mails.owe({ to: body.to, ...(await seen(body)) })
      onMailOwed()
      return { to: body.to }
    },
  )
}
