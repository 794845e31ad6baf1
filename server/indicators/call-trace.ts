/** A call as OpenTelemetry shows it: one span of it all, and one for each thing in it that lasts. From its facts alone, without anybody's name or number. */
import type { Fact } from '../calls/facts.ts'
import { mainLine } from '../calls/settings.ts'

type Attributes = Readonly<Record<string, string | number | boolean>>
/** `from` and `to`: ms since 1970. */
type CallSpan = { readonly name: string; readonly from: number; readonly to: number; readonly attributes: Attributes }
export type CallTrace = { readonly call: CallSpan; readonly parts: readonly CallSpan[] }

type Open = { readonly name: string; readonly from: number; readonly attributes: Attributes }

/** @param facts of one call, from its beginning to its end, in order; null when either is missing */
export function traceOf(facts: readonly Fact[]): CallTrace | null {
  const [first, last] = [facts[0], facts.at(-1)]
  if (first === undefined || (first.type !== 'call-arrived' && first.type !== 'call-placed')) return null
  if (last?.type !== 'call-ended') return null
  const book = new Spans()
  for (const fact of facts) note(book, fact)
  book.endAll(last.at, {})
  const attributes = {
    'guichet.call.id': first.callId,
    'guichet.call.direction': first.type === 'call-arrived' ? 'in' : 'out',
    'guichet.call.from_page': first.type === 'call-arrived' && first.page !== undefined,
    'guichet.call.line': first.type === 'call-arrived' ? (first.line ?? mainLine) : mainLine,
    'guichet.call.outcome': last.reason,
    'guichet.call.ended_by': last.by,
  }
  return { call: { name: 'call', from: first.at, to: last.at, attributes }, parts: book.ended.toSorted((a, b) => a.from - b.from) }
}

/** What has begun, by a key of its own, and what is over. */
class Spans {
  readonly ended: CallSpan[] = []
  readonly #open = new Map<string, Open>()

  begin(key: string, at: number, attributes: Attributes = {}): void {
    this.end(key, at)
    this.#open.set(key, { name: key.split(' ')[0] ?? key, from: at, attributes })
  }

  end(key: string, at: number, attributes: Attributes = {}): void {
    const span = this.#open.get(key)
    if (span === undefined) return
    this.#open.delete(key)
    this.ended.push({ ...span, to: Math.max(span.from, at), attributes: { ...span.attributes, ...attributes } })
  }

  endAll(at: number, attributes: Attributes): void {
    for (const key of this.#open.keys()) this.end(key, at, attributes)
  }

  endOffers(at: number, answeredBy: string): void {
    for (const key of this.#open.keys())
      if (key.startsWith('offer ')) this.end(key, at, { 'guichet.result': key === offer(answeredBy) ? 'answered' : 'taken' })
  }
}

const offer = (operatorId: string) => `offer ${operatorId}`
const by = (operatorId: string): Attributes => ({ 'guichet.operator': operatorId })
const result = (word: string): Attributes => ({ 'guichet.result': word })

function note(book: Spans, fact: Fact): void {
  const { at } = fact
  switch (fact.type) {
    case 'call-queued':
    case 'caller-requeued':
      book.end('talk', at)
      return book.begin('wait', at)
    case 'closed-message-started':
      return book.end('wait', at, result('closed'))
    case 'place-kept':
      return book.end('wait', at, result('kept'))
    case 'message-invited':
      book.end('wait', at, result('message'))
      return book.begin('message', at)
    case 'message-left':
      return book.end('message', at, result('kept'))
    case 'offer-made':
      return book.begin(offer(fact.operatorId), at, { ...by(fact.operatorId), ...(fact.why && { 'guichet.why': fact.why.kind }) })
    case 'offer-ended':
      return book.end(offer(fact.operatorId), at, result(fact.reason))
    case 'dialling-started':
      book.endOffers(at, fact.operatorId)
      return book.begin('dial', at, by(fact.operatorId))
    case 'dialling-ended':
      return book.end('dial', at, result(fact.reason))
    case 'call-answered':
      book.endOffers(at, fact.operatorId)
      book.end('wait', at, result('answered'))
      book.end('dial', at, result('answered'))
      return book.begin('talk', at, by(fact.operatorId))
    case 'caller-held':
      return book.begin('hold', at)
    case 'caller-resumed':
      return book.end('hold', at)
    case 'consult-started':
      book.begin('hold', at)
      return book.begin('consult', at, { 'guichet.target': fact.target.kind })
    case 'consult-ended':
      return book.end('consult', at, result(fact.reason))
    case 'conference-joined':
      book.end('hold', at)
      return book.end('consult', at, result('joined'))
    case 'transfer-started':
      endTalk(book, at)
      return book.begin('transfer', at, { 'guichet.target': fact.target.kind })
    case 'transfer-failed':
      book.end('transfer', at, result(fact.reason))
      return book.begin('wait', at)
    case 'call-transferred':
      endTalk(book, at)
      book.end('transfer', at, result('answered'))
      return book.begin('talk', at, fact.target.kind === 'operator' ? by(fact.target.operatorId) : { 'guichet.target': fact.target.kind })
    case 'farewell-started':
      return book.endAll(at, result(fact.reason))
    default:
      return undefined
  }
}

function endTalk(book: Spans, at: number): void {
  book.end('consult', at, result('transferred'))
  book.end('hold', at)
  book.end('talk', at)
}
