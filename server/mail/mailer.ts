import type { Logger } from 'pino'
import type { MailReach, Part } from '../contract/http.ts'
import { AddressError, composeMail, envelopeAddress, senderAddress } from './compose.ts'
import { deliver, readSmtpUrl, type DeliveryTimes, type Outcome } from './delivery.ts'
import { writeMailFile } from './files.ts'
import type { OutboxCounts, OutboxMail, OutboxStore } from './ports.ts'

export type Mailer = {
  /** Puts back what an earlier process was sending, then sends what is due, now and whenever something is. */
  start(): void
  /** Something was just added to the outbox. */
  wake(): void
  /** Everything due has been tried once this resolves. Never rejects. */
  settled(): Promise<void>
  state(): Part
  /** Whether the mail server answers, since when, and why not. */
  reach(): MailReach
  /** Lets the attempts under way end, for 8 s at most. */
  stop(): Promise<void>
}

export type MailerParts = {
  /** None: mails are kept as files in `mailDir`. */
  readonly smtpUrl: string | null
  readonly from: string
  /** What the site calls its desk now. */
  readonly deskName?: () => string
  readonly outbox: OutboxStore
  readonly mailDir: string
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
  readonly now?: () => number
  readonly times?: DeliveryTimes & { readonly everyMs: number }
}

// A server may take minutes to judge a message (RFC 5321 §4.5.3.2 allows ten).
const usualTimes = { connectMs: 15_000, silenceMs: 300_000, everyMs: 10_000 }
const atOnce = 4
const second = 1_000
const backOff = [30 * second, 120 * second, 600 * second]
const longestBackOff = 3_600 * second
const longestStop = 8 * second
const longestLife = 5 * 24 * 3_600 * second

/** When to try again after the given attempt (1 for the first) failed, in ms. */
export function waitAfter(attempt: number): number {
  return backOff[attempt - 1] ?? longestBackOff
}

/** Sends the mails owed: none is lost, none is sent twice, whenever the process, the database or the mail server dies. */
export function createMailer({ smtpUrl, from, deskName, outbox, mailDir, log, now = Date.now, times = usualTimes }: MailerParts): Mailer {
  const server = smtpUrl === null ? null : readSmtpUrl(smtpUrl)
  const sender = senderAddress(from)
  const startedAt = now()
  let reach: { state: Part['state']; since: number; problem: string | null } = { state: 'starting', since: startedAt, problem: null }
  let counts: OutboxCounts = { pending: 0, uncertain: 0, failed: 0 }
  /** Outcomes that PostgreSQL could not take yet. */
  const unrecorded: (() => Promise<void>)[] = []
  let recovered = false
  let draining: Promise<void> | null = null
  let wanted = false
  let stopped = false
  let timer: NodeJS.Timeout | null = null

  let cameBack = false
  const note = (state: Part['state'], problem: string | null) => {
    if (reach.state === 'down' && state === 'up') cameBack = true
    reach = { state, problem, since: state === reach.state ? reach.since : now() }
  }

  const attempt = async (mail: OutboxMail): Promise<Outcome> => {
    try {
      const raw = await composeMail(mail, from, deskName?.())
      const outcome = await hand(mail, raw)
      if (outcome.kind === 'later' && outcome.general) note('down', outcome.reason)
      else note('up', null)
      return outcome
    } catch (error) {
      if (error instanceof AddressError) return { kind: 'refused', reason: error.message }
      return { kind: 'later', reason: reasonOf(error), general: false }
    }
  }

  const hand = async (mail: OutboxMail, raw: Buffer): Promise<Outcome> => {
    if (server !== null) {
      return await deliver(server, { from: sender, to: envelopeAddress(mail.to), raw }, () => outbox.markFinishing(mail), times)
    }
    return await writeMailFile(mailDir, mail.id, raw).then(
      () => ({ kind: 'sent' }),
      (error: unknown) => ({ kind: 'later', reason: reasonOf(error), general: true }),
    )
  }

  const record = async (mail: OutboxMail, outcome: Outcome): Promise<void> => {
    switch (outcome.kind) {
      case 'sent':
        return await outbox.sent(mail)
      case 'refused':
        return await outbox.fail(mail, outcome.reason)
      case 'uncertain':
        return await outbox.uncertain(mail, outcome.reason)
      case 'superseded':
        return
      case 'later': {
        if (now() - mail.at.getTime() > longestLife) return await outbox.fail(mail, `abandonné après cinq jours : ${outcome.reason}`)
        return await outbox.retry(mail, outcome.reason, new Date(now() + waitAfter(mail.attempt)))
      }
      default:
        return outcome satisfies never
    }
  }

  const sendOne = async (mail: OutboxMail): Promise<Outcome> => {
    const outcome = await attempt(mail)
    // The reason may name the recipient: it stays in the database, with the mail.
    if (outcome.kind !== 'sent') log.warn({ mail: mail.id, attempt: mail.attempt, outcome: outcome.kind }, 'A mail was not delivered')
    // The outcome is known now, and only here: it is kept until it is written.
    await record(mail, outcome).catch(() => unrecorded.push(() => record(mail, outcome)))
    return outcome
  }

  const work = async () => {
    while (!stopped) {
      const [mail] = await outbox.claim(1, new Date(now()))
      if (mail === undefined) return
      const outcome = await sendOne(mail)
      // The others would meet the same closed door; their turn comes at the next round, without a wasted attempt.
      if (outcome.kind === 'later' && outcome.general) return
    }
  }

  const round = async () => {
    try {
      while (unrecorded[0] !== undefined) {
        await unrecorded[0]()
        unrecorded.shift()
      }
      if (!recovered) {
        const back = await outbox.recoverInterrupted(new Date(now()))
        recovered = true
        if (back > 0) log.info({ back }, 'Mails whose sending was interrupted are sent again')
      }
      const results = await Promise.allSettled(Array.from({ length: atOnce }, work))
      const failed = results.find((result) => result.status === 'rejected')
      if (failed !== undefined) throw failed.reason
      if (cameBack) {
        // Each of the others would wait out its own time, up to an hour.
        await outbox.hasten(new Date(now()))
        cameBack = false
        wanted = true
      }
      counts = await outbox.counts()
      if (reach.state === 'starting') note('up', null)
    } catch (error) {
      // A claim may have been committed though its answer was lost.
      recovered = false
      log.warn({ reason: reasonOf(error) }, 'The outbox cannot be read or written')
    }
  }

  const drain = () =>
    (draining ??= (async () => {
      do {
        wanted = false
        await round()
      } while (wanted && !stopped)
    })().finally(() => {
      draining = null
    }))

  const wake = () => {
    if (stopped) return
    wanted = true
    void drain()
  }

  const detail = (): string | null => {
    const parts = [
      reach.problem,
      server === null ? 'gardés en fichiers' : null,
      counts.uncertain > 0 ? `${counts.uncertain} à l’arrivée incertaine` : null,
      counts.failed > 0 ? `${counts.failed} refusé${counts.failed > 1 ? 's' : ''}` : null,
    ].filter((part) => part !== null)
    return parts.length === 0 ? null : parts.join(' · ')
  }

  return {
    start() {
      wake()
      timer = setInterval(wake, times.everyMs)
      timer.unref()
    },
    wake,
    settled() {
      wanted = true
      return drain()
    },
    state: () => ({ name: 'mail', state: reach.state, since: new Date(reach.since).toISOString(), version: null, detail: detail() }),
    reach: () => ({
      server: server === null && reach.state !== 'down' ? 'files' : reach.state === 'off' ? 'starting' : reach.state,
      since: new Date(reach.since).toISOString(),
      problem: reach.problem,
    }),
    async stop() {
      stopped = true
      if (timer !== null) clearInterval(timer)
      // A server may keep the last answer for minutes; what is cut off here is resumed, or shown as uncertain, at the next start.
      await Promise.race([draining, new Promise((resolve) => setTimeout(resolve, longestStop).unref())])
    },
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
