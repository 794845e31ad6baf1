/** What of a mail's headers says who, or what, wrote it. */
export type MailMarks = {
  /** `Auto-Submitted`, `Precedence`, `X-Auto-Response-Suppress`, as they are; null without. */
  readonly autoSubmitted: string | null
  readonly precedence: string | null
  readonly suppress: string | null
  /** One of the headers by which answering machines name themselves. */
  readonly autoReply: boolean
  /** One of the headers of a mailing list. */
  readonly list: boolean
  /** Nobody to answer to: `Return-Path: <>`. */
  readonly noReturn: boolean
  /** A report about another mail's delivery. */
  readonly report: boolean
  /** It bears a Message-ID that this service signed, or comes from its own address. */
  readonly ours: boolean
}

/** Why nobody in particular wrote a mail: it is never answered, and makes no ticket. */
export type Automatic = 'ours' | 'report' | 'auto-submitted' | 'auto-reply' | 'no-return' | 'bulk' | 'list' | 'robot' | 'no-sender'

const robots =
  /^(?:mailer-daemon|postmaster|no[-_.]?reply|do[-_.]?not[-_.]?reply|ne[-_.]?pas[-_.]?repondre|noreply[-_.].*|bounces?(?:[-_+].*)?|automate)$/i

/** @param from the sender's address; null: none can be read. @returns null when a person seems to have written it */
export function automatic(marks: MailMarks, from: string | null): Automatic | null {
  if (marks.ours) return 'ours'
  if (marks.report) return 'report'
  if (marks.autoSubmitted !== null && !/^\s*no\s*(?:;|\(|$)/i.test(marks.autoSubmitted)) return 'auto-submitted'
  if (marks.autoReply || (marks.suppress !== null && /\ball\b/i.test(marks.suppress))) return 'auto-reply'
  if (marks.noReturn) return 'no-return'
  if (marks.precedence !== null && /^\s*(?:bulk|junk|list|auto_reply)\s*$/i.test(marks.precedence)) return 'bulk'
  if (marks.list) return 'list'
  if (from === null) return 'no-sender'
  return robots.test(from.slice(0, from.lastIndexOf('@'))) ? 'robot' : null
}
