import { randomUUID } from 'node:crypto'
import { rulesOf } from '../calls/lines.ts'
import type { Call, Operator, Target } from '../calls/model.ts'
import type { Settings } from '../calls/settings.ts'
import { normaliseNumber, showNumber } from '../calls/number.ts'
import { refusalOf } from '../calls/outgoing-rules.ts'
import { isAsked, rungFor } from '../calls/parties.ts'
import type { Wish } from '../calls/wishes.ts'
import { type GroupPhones, reachableOf } from '../calls/group-phones.ts'
import type { LineName, OperatorView, Person, WatchMode } from '../contract/entities.ts'
import type { OperatorChange, RecordingOrder, TransferTo } from '../contract/http.ts'
import { nextCaller } from '../calls/next-caller.ts'
import { waitForNew } from '../calls/outlook.ts'
import { ServiceError } from '../errors.ts'
import type { Desk, DeskView } from './desk.ts'
import type { Engine } from './engine.ts'
import type { Hours } from './hours.ts'
import { viewCalls, viewOpening, viewOperator, viewOperators } from './view.ts'

export type LiveDeskPorts = {
  readonly engine: Engine
  readonly hours: Pick<Hours, 'sentence' | 'order'>
  readonly telephonyUp: () => boolean
  readonly settings: () => Settings
  readonly lines: () => readonly LineName[]
  /** A group as it can be rung today; null when there is none. */
  readonly groups: (id: string) => GroupPhones | null
  readonly now: () => number
  /** Pick up a phone inside Asterisk; false when this operator's phone is a real one. */
  readonly pickUp: (operatorId: string, leg: string) => boolean
}

/** The desk as the console and the HTTP interface see it: views of the engine's state, and operators' wishes into its inbox. */
export class LiveDesk implements Desk {
  readonly epoch = randomUUID()
  readonly #ports: LiveDeskPorts

  constructor(ports: LiveDeskPorts) {
    this.#ports = ports
  }

  view(): DeskView {
    const { engine, hours, telephonyUp, lines } = this.#ports
    return {
      open: engine.state.open,
      hours: hours.sentence(),
      opening: viewOpening(engine.state),
      telephony: telephonyUp(),
      lines: lines(),
      calls: viewCalls(engine.state),
      operators: viewOperators(engine.state),
    }
  }

  waitNow(): { readonly lowMs: number; readonly highMs: number } | null {
    const { engine, settings, now, telephonyUp } = this.#ports
    return telephonyUp() ? waitForNew(engine.state, now(), settings()) : null
  }

  nextCaller(operatorId: string): string | null {
    const { engine, settings, now } = this.#ports
    return nextCaller(engine.state, operatorId, now(), settings())
  }

  changeOperator(operatorId: string, change: OperatorChange): OperatorView {
    this.#operator(operatorId)
    this.#ports.engine.submit({ type: 'operator-asks', operatorId, change })
    return viewOperator(this.#operator(operatorId))
  }

  orderOperator(operatorId: string, change: OperatorChange, by: string): OperatorView {
    this.#operator(operatorId)
    this.#ports.engine.submit({ type: 'operator-asks', operatorId, change, by })
    return viewOperator(this.#operator(operatorId))
  }

  lengthenWrapUp(operatorId: string): OperatorView {
    const { status } = this.#operator(operatorId)
    if (status.kind !== 'wrap-up' || status.until === null) throw new ServiceError('conflict', 'aucun après-appel n’est décompté')
    this.#ports.engine.submit({ type: 'operator-needs-longer', operatorId })
    return viewOperator(this.#operator(operatorId))
  }

  orderOpening(open: boolean | null, by: string, untilMs: number | null): DeskView {
    this.#ports.hours.order(open, by, untilMs)
    return this.view()
  }

  answer(operatorId: string, callId: string): void {
    if (!this.#ports.pickUp(operatorId, this.#ringingLeg(operatorId, callId)))
      throw new ServiceError('conflict', 'décrochez votre téléphone')
  }

  decline(operatorId: string, callId: string): void {
    this.#ringingLeg(operatorId, callId)
    this.#ports.engine.submit({ type: 'operator-declines', operatorId, callId })
  }

  extend(operatorId: string, callId: string, reason: string): void {
    this.#inConversation(operatorId, callId)
    this.#ports.engine.submit({ type: 'operator-extends', operatorId, callId, reason })
  }

  hold(operatorId: string, callId: string, on: boolean): void {
    this.#atLine(operatorId, callId)
    this.#ports.engine.submit({ type: 'operator-holds', operatorId, callId, on })
  }

  call(operatorId: string, number: string, about: { readonly people: readonly Person[]; readonly owedId: string | null }): string {
    const { engine, telephonyUp } = this.#ports
    if (!telephonyUp()) throw new ServiceError('telephony_away')
    const refusal = this.#refusal(operatorId, number)
    engine.submit({ type: 'operator-calls', operatorId, callId: `out-${randomUUID()}`, number, ...about })
    if (refusal !== null) throw refusal
    const call = [...engine.state.calls.values()].find((c) => c.number === number && c.offers.some((o) => o.operatorId === operatorId))
    if (call === undefined) throw new ServiceError('conflict', 'vous êtes déjà en ligne, ou cette personne est en train d’être appelée')
    return call.id
  }

  consult(operatorId: string, callId: string, to: TransferTo): void {
    this.#inConversation(operatorId, callId)
    const target = this.#target(operatorId, to)
    this.#wish({ type: 'operator-consults', operatorId, callId, target }, target)
  }

  endConsult(operatorId: string, callId: string): void {
    this.#wish({ type: 'consult-cancelled', operatorId, callId })
  }

  confer(operatorId: string, callId: string): void {
    this.#wish({ type: 'conference-asked', operatorId, callId })
  }

  transfer(operatorId: string, callId: string, to: TransferTo | null): void {
    this.#inConversation(operatorId, callId)
    const target = to === null ? null : this.#target(operatorId, to)
    this.#wish({ type: 'operator-transfers', operatorId, callId, target }, target)
  }

  mute(operatorId: string, callId: string, on: boolean): void {
    this.#atLine(operatorId, callId)
    this.#ports.engine.submit({ type: 'operator-mutes', operatorId, callId, on })
  }

  orderRecording(operatorId: string, callId: string, order: RecordingOrder): void {
    const { line } = this.#atLine(operatorId, callId)
    const { recording } = rulesOf(this.#ports.settings(), line)
    if (recording === 'off') throw new ServiceError('conflict', 'les conversations de cette ligne ne s’enregistrent pas')
    if (order === 'cancel' && recording === 'always')
      throw new ServiceError('conflict', 'cette ligne est toujours enregistrée : suspendez l’enregistrement')
    this.#ports.engine.submit({ type: 'operator-records', operatorId, callId, order })
  }

  rejoin(operatorId: string, callId: string): void {
    this.#wish({ type: 'operator-rejoins', operatorId, callId })
  }

  sendKeys(operatorId: string, callId: string, keys: string): void {
    this.#atLine(operatorId, callId)
    this.#ports.engine.submit({ type: 'operator-sends-keys', operatorId, callId, keys })
  }

  take(operatorId: string, callId: string): void {
    this.#wish({ type: 'call-taken', operatorId, callId })
  }

  watch(supervisorId: string, callId: string, mode: WatchMode): void {
    this.#wish({ type: 'call-watched', operatorId: supervisorId, callId, mode })
  }

  leaveWatch(supervisorId: string, callId: string): void {
    this.#wish({ type: 'watch-left', operatorId: supervisorId, callId })
  }

  stop(callId: string): void {
    this.#wish({ type: 'call-stopped', callId })
  }

  /**
   * @param target who is to be rung for it
   * @throws ServiceError `number_not_allowed`, `too_many_calls_out`, else `conflict` when nothing came of it
   */
  #wish(input: Wish, target: Target | null = null): void {
    const { engine, telephonyUp } = this.#ports
    if (!telephonyUp()) throw new ServiceError('telephony_away')
    const before = engine.state
    const refusal = target?.kind === 'number' && 'operatorId' in input ? this.#refusal(input.operatorId, target.number) : null
    engine.submit(input)
    if (refusal !== null) throw refusal
    if (engine.state === before) throw new ServiceError('conflict')
  }

  /** Why a number may not be dialled now: asked before the wish, which is written down as refused all the same. */
  #refusal(operatorId: string, number: string): ServiceError | null {
    const { engine, settings, now } = this.#ports
    const reason = refusalOf(engine.state, settings(), { number, operatorId, now: now() })
    return reason === null ? null : new ServiceError(reason === 'ceiling' ? 'too_many_calls_out' : 'number_not_allowed')
  }

  /** @throws ServiceError `not_found`, `invalid_body` */
  #target(operatorId: string, to: TransferTo): Target {
    if (to.kind === 'operator') {
      const { id, name } = this.#operator(to.operatorId)
      return { kind: 'operator', operatorId: id, name }
    }
    if (to.kind === 'group') return this.#groupTarget(operatorId, to.groupId)
    const number = normaliseNumber(to.number)
    if (number === null) throw new ServiceError('invalid_body', 'to.number')
    return { kind: 'number', number, name: to.name === '' || to.name === undefined ? showNumber(number) : to.name }
  }

  /** Who of a group may be rung now, colleagues at the desk who are free first. */
  #groupTarget(operatorId: string, groupId: string): Target {
    const { engine, groups } = this.#ports
    const group = groups(groupId)
    if (group === null) throw new ServiceError('not_found')
    const [first, ...others] = reachableOf(group, engine.state, (number) => this.#refusal(operatorId, number) === null).filter(
      (one) => one.kind === 'number' || one.operatorId !== operatorId,
    )
    if (first === undefined) throw new ServiceError('conflict', 'personne de ce groupe ne peut être joint par téléphone')
    return { ...first, group: { id: group.id, name: group.name, others } }
  }

  #ringingLeg(operatorId: string, callId: string): string {
    const call = this.#ports.engine.state.calls.get(callId)
    const rung = call === undefined ? undefined : rungFor(call).find((r) => r.operatorId === operatorId)
    if (rung === undefined) throw new ServiceError('conflict', 'cet appel ne sonne plus ici')
    return rung.leg
  }

  settled(number: string): void {
    this.#ports.engine.submit({ type: 'number-settled', number })
  }

  forget(numbers: readonly string[]): void {
    this.#ports.engine.submit({ type: 'numbers-erased', numbers })
  }

  hangUp(operatorId: string, callId: string): void {
    const call = this.#ports.engine.state.calls.get(callId)
    if (!this.#ports.telephonyUp()) throw new ServiceError('telephony_away')
    const dials = call?.status.kind === 'dialling' && call.status.operatorId === operatorId
    if (!dials && !(call !== undefined && isAsked(call, operatorId))) this.#inConversation(operatorId, callId)
    this.#ports.engine.submit({ type: 'operator-hangs-up', operatorId, callId })
  }

  #operator(id: string): Operator {
    const operator = this.#ports.engine.state.operators.get(id)
    if (operator === undefined) throw new ServiceError('not_found', 'ce compte ne prend pas d’appels')
    return operator
  }

  /** For what is to be heard at once: the caller would hear on, or be kept as a sound, and the operator believe otherwise. */
  #atLine(operatorId: string, callId: string): Call {
    if (!this.#ports.telephonyUp()) throw new ServiceError('telephony_away')
    return this.#inConversation(operatorId, callId)
  }

  #inConversation(operatorId: string, callId: string): Call {
    const call = this.#ports.engine.state.calls.get(callId)
    if (call?.status.kind !== 'talking' || call.status.operatorId !== operatorId)
      throw new ServiceError('conflict', 'vous n’êtes plus en ligne sur cet appel')
    return call
  }
}
