import { createReadStream } from 'node:fs'
import { mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { convert } from 'html-to-text'
import type { Attachment, HeaderValue, ParsedMail } from 'mailparser'
import { answerOf, type CalendarAnswer } from './invitation.ts'
import type { MailMarks } from '../tickets/automatic.ts'

/** A file that came with a mail, as it lies in the folder that was given. */
export type MailFile = { readonly path: string; readonly name: string; readonly bytes: number }

/** A mail as it was written, nothing being decided about it. */
export type ReadMail = {
  readonly messageId: string | null
  /** What it answers first, then what it refers to, the latest first. */
  readonly references: readonly string[]
  readonly from: { readonly name: string; readonly address: string } | null
  readonly subject: string
  readonly date: string | null
  readonly text: string
  readonly marks: Omit<MailMarks, 'ours'>
  readonly files: readonly MailFile[]
  /** What a calendar answers to an invitation of ours. */
  readonly answer: CalendarAnswer | null
  /** A report about mails' delivery: what it says, and every Message-ID that stands in it. */
  readonly report: { readonly text: string; readonly ids: readonly string[] } | null
}

const longestText = 200_000
const longestHtml = 2_000_000
const longestReport = 200_000
const mostIds = 60
const reportParts = [
  'message/delivery-status',
  'message/rfc822',
  'text/rfc822-headers',
  'message/rfc822-headers',
  'message/global-delivery-status',
]
const answering = ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply', 'x-auto-reply-from', 'x-mail-autoreply']

const asText = (value: HeaderValue | undefined): string | null => {
  if (value === undefined) return null
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return typeof value[0] === 'string' ? value[0] : null
  return 'value' in value && typeof value.value === 'string' ? value.value : null
}
/** A zero byte is in no name, address or word, and PostgreSQL holds none: such a mail would be brought again for ever. */
const clean = (text: string) => text.replaceAll('\0', '')
const ids = (text: string) =>
  clean(text)
    .match(/<[^<>\s]{3,300}>/g)
    ?.slice(0, mostIds) ?? []

/**
 * Read a mail from its file. Attached files are put into `folder`.
 * @throws Error when it is no mail that can be read: too many parts, too large a heading
 */
export async function readMail(path: string, folder: string): Promise<ReadMail> {
  const { simpleParser } = await import('mailparser')
  const mail: ParsedMail = await simpleParser(createReadStream(path), {
    skipTextToHtml: true,
    skipImageLinks: true,
    keepCidLinks: true,
    keepDeliveryStatus: true,
    ignoreEmbedded: true,
    maxHtmlLengthToParse: longestHtml,
    maxChildNodes: 500,
    maxHeadSize: 262_144,
    checksumAlgo: false,
  })
  const report = reportOf(mail)
  const [from] = mail.from?.value ?? []
  const address = clean(from?.address ?? '')
  const text = (mail.text ?? '').trim() === '' ? wordsOf(mail.html) : (mail.text ?? '')
  const references = [mail.inReplyTo ?? '', ...[mail.references ?? []].flat().toReversed()].join(' ')
  const answer =
    mail.attachments
      .filter(({ contentType }) => /^(?:text\/calendar|application\/ics)$/i.test(contentType))
      .map(({ content }) => answerOf(content.toString('utf8', 0, longestReport)))
      .find((one) => one !== null) ?? null
  return {
    answer,
    messageId: ids(mail.messageId ?? '')[0] ?? null,
    references: [...new Set(ids(references))],
    from: address === '' ? null : { name: clean(from?.name ?? ''), address },
    subject: clean(mail.subject ?? ''),
    date: mail.headers.has('date') ? (mail.date?.toISOString() ?? null) : null,
    text: clean(text.slice(0, longestText)).toWellFormed(),
    marks: marksOf(mail),
    files: report === null && answer === null ? await putDown(mail, text === '', folder) : [],
    report,
  }
}

/** The words of a mail that was written in HTML alone; '' when it cannot be put into words. */
function wordsOf(html: ParsedMail['html']): string {
  if (typeof html !== 'string' || html.length > longestHtml) return ''
  try {
    const selectors = [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
      // What stood side by side, and below one another, is not to be read as one word.
      { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      ...['td', 'th'].map((selector) => ({ selector, format: 'inlineSurround', options: { suffix: ' ' } })),
    ]
    return convert(html, { wordwrap: false, limits: { maxDepth: 100, maxInputLength: longestHtml }, selectors })
  } catch {
    return ''
  }
}

function marksOf({ headers, headerLines }: ParsedMail): Omit<MailMarks, 'ours'> {
  const line = (key: string) => headerLines.find((one) => one.key === key)?.line ?? null
  const type = headers.get('content-type')
  return {
    autoSubmitted: asText(headers.get('auto-submitted')),
    precedence: asText(headers.get('precedence')),
    suppress: asText(headers.get('x-auto-response-suppress')),
    autoReply: answering.some((name) => headers.has(name)),
    list: headers.has('list'),
    noReturn: /^return-path:\s*<\s*>/i.test(line('return-path') ?? ''),
    report: asText(type)?.toLowerCase() === 'multipart/report',
  }
}

function reportOf(mail: ParsedMail): ReadMail['report'] {
  if (asText(mail.headers.get('content-type'))?.toLowerCase() !== 'multipart/report') return null
  const parts = mail.attachments.filter(({ contentType }) => reportParts.includes(contentType.toLowerCase()))
  const textOf = (part: Attachment) => part.content.toString('utf8', 0, longestReport)
  const status = parts.filter(({ contentType }) => contentType.toLowerCase().endsWith('delivery-status'))
  return { text: status.map(textOf).join('\n\n'), ids: [...new Set(parts.flatMap((part) => ids(textOf(part))))].slice(0, mostIds) }
}

const longestName = 150
const unnamed: Readonly<Record<string, string>> = {
  'message/rfc822': 'courriel.eml',
  'text/calendar': 'invitation.ics',
  'text/html': 'courriel.html',
  'application/ms-tnef': 'winmail.dat',
}

async function putDown(mail: ParsedMail, wordless: boolean, folder: string): Promise<readonly MailFile[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const put: MailFile[] = []
  const keep = async (name: string, content: Buffer | string) => {
    const path = join(folder, String(put.length))
    await writeFile(path, content, { mode: 0o600 })
    put.push({ path, name: clean(name).slice(-longestName).toWellFormed(), bytes: Buffer.byteLength(content) })
  }
  for (const { filename, contentType, content } of mail.attachments) {
    if (content.length === 0) continue
    await keep(filename?.trim() || (unnamed[contentType.toLowerCase()] ?? `piece-${put.length + 1}`), content)
  }
  // HTML that could not be put into words is worth more than nothing.
  if (wordless && typeof mail.html === 'string' && mail.html !== '') await keep('courriel.html', mail.html)
  return put
}

/** Who sent what, and about what, as far as the first lines of a mail that cannot be read say so. */
export async function peekMail(path: string): Promise<{ readonly from: string | null; readonly subject: string }> {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0)
    const head = clean(buffer.toString('latin1', 0, bytesRead))
    const of = (name: string) => new RegExp(`^${name}:[ \\t]*([^\\r\\n]{0,300})`, 'im').exec(head)?.[1]?.trim()
    const written = of('from')
    return { from: /[^\s<>"',;:]{1,64}@[^\s<>"',;:]{1,190}/.exec(written ?? '')?.[0] ?? null, subject: of('subject') ?? '' }
  } finally {
    await file.close()
  }
}
