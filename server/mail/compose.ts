import { domainToASCII } from 'node:url'
import addressparser from 'nodemailer/lib/addressparser'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { OutboxMail } from './ports.ts'

/** An address that no server could take, or that would say more than an address. */
export class AddressError extends Error {}

/** Headers that the row may add; the others are ours to write, once. */
const addable = /^(References|In-Reply-To|X-[A-Za-z0-9-]{1,60})$/i

/**
 * The bare address to put on the envelope.
 * @throws AddressError when it is not exactly one plain address.
 */
export function envelopeAddress(written: string): string {
  const parts = /^([!#-'*+\-./0-9=?A-Z^-~]{1,64})@([^\s<>(),;:\\"[\]@]{1,253})$/.exec(written.trim())
  const domain = domainToASCII(parts?.[2] ?? '')
  if (parts === null || domain === '') throw new AddressError('adresse inutilisable')
  return `${parts[1]}@${domain}`
}

/** `MAIL_FROM`'s address: « Guichet <guichet@univ.example> » → `guichet@univ.example`. @throws AddressError */
export function senderAddress(from: string): string {
  return envelopeAddress(addressparser(from, { flatten: true })[0]?.address ?? '')
}

/** Whom a mail says it is from: the desk by its own name, where `MAIL_FROM` is an address alone. */
function senderOf(from: string, deskName: string): string | { readonly name: string; readonly address: string } {
  const [written] = addressparser(from, { flatten: true })
  return written?.name ? from : { name: deskName, address: senderAddress(from) }
}

/**
 * The message as it is sent, RFC 5322, lines ended by CRLF. The same mail gives the same Message-ID and date at each attempt.
 * @param deskName what the site calls its desk
 * @throws AddressError
 */
export async function composeMail(mail: OutboxMail, from: string, deskName = ''): Promise<Buffer> {
  const headers = Object.entries(mail.headers).filter(([name]) => addable.test(name))
  const composer = new MailComposer({
    from: senderOf(from, deskName),
    to: { name: '', address: envelopeAddress(mail.to) },
    subject: mail.subject.replace(/[\p{Cc}\s]+/gu, ' ').trim(),
    text: mail.text,
    ...(mail.html === null ? {} : { html: mail.html }),
    ...(mail.calendar != null && { icalEvent: { ...mail.calendar, filename: 'invitation.ics' } }),
    messageId: mail.messageId,
    date: mail.at,
    headers: {
      ...Object.fromEntries(headers.map(([name, value]) => [name, value.replace(/[\p{Cc}\s]+/gu, ' ')])),
      // Nobody's holiday notice should answer a machine (RFC 3834; the second is for Exchange).
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
    textEncoding: 'quoted-printable',
    newline: '\r\n',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return await composer.compile().build()
}
