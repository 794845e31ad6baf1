import type { Invitation } from './invitation.ts'

/** A mail taken to be sent; `attempt` proves, at each later step, that it is still this attempt that holds it. */
export type OutboxMail = {
  readonly id: string
  readonly attempt: number
  readonly at: Date
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string | null
  /** With its angle brackets; the same at each attempt. */
  readonly messageId: string
  readonly headers: Readonly<Record<string, string>>
  /** An invitation that goes with it. */
  readonly calendar?: Invitation | null
}

export type OutboxCounts = { readonly pending: number; readonly uncertain: number; readonly failed: number }

/** A claimed mail, as the steps after the claim name it. */
export type Claim = Pick<OutboxMail, 'id' | 'attempt'>

/**
 * The mails owed. A row goes pending → sending (claimed) → uncertain (committed before the last byte that makes the message
 * complete leaves) → sent, or back to pending, or failed. What is killed while sending is sent again; what is killed while
 * uncertain stays so, for a person to judge. Every step after the claim is refused once another attempt has begun.
 */
export interface OutboxStore {
  /** Takes up to `limit` mails that are due, oldest first; two processes never take the same. */
  claim(limit: number, now: Date): Promise<OutboxMail[]>
  /** Committed before the end of the message is sent. False: this attempt no longer holds the mail and must not end it. */
  markFinishing(claim: Claim): Promise<boolean>
  sent(claim: Claim): Promise<void>
  /** Not delivered for certain; again at `at`. */
  retry(claim: Claim, error: string, at: Date): Promise<void>
  /** Not delivered for certain, and never will be. */
  fail(claim: Claim, error: string): Promise<void>
  /** Maybe delivered; never sent again by itself. */
  uncertain(claim: Claim, error: string): Promise<void>
  /** Puts back what a process that is gone was sending; answers how many. */
  recoverInterrupted(now: Date): Promise<number>
  counts(): Promise<OutboxCounts>
  /** What was tried in vain is due now: the server answers again. */
  hasten(now: Date): Promise<void>
}
