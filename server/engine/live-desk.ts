import { randomUUID } from 'node:crypto'
import type { OperatorView } from '../contract/entities.ts'
import type { OperatorChange } from '../contract/http.ts'
import { ServiceError } from '../errors.ts'
import type { Desk, DeskView } from './desk.ts'
import type { Engine } from './engine.ts'
import type { Hours } from './hours.ts'
import { viewCalls, viewOpening, viewOperator, viewOperators } from './view.ts'

export type LiveDeskPorts = {
  readonly engine: Engine
  readonly hours: Pick<Hours, 'sentence' | 'order'>
  readonly telephonyUp: () => boolean
  /** Pick up a phone inside Asterisk; false when this operator's phone is a real one, or does not ring. */
  readonly pickUp: (leg: string) => boolean
}

/** The desk as the console and the HTTP interface see it: views of the engine's state, and operators' wishes into its inbox. */
export class LiveDesk implements Desk {
  readonly epoch = randomUUID()
  readonly #ports: LiveDeskPorts

  constructor(ports: LiveDeskPorts) {
    this.#ports = ports
  }

  view(): DeskView {
    const { engine, hours, telephonyUp } = this.#ports
    return {
      open: engine.state.open,
      hours: hours.sentence(),
      opening: viewOpening(engine.state),
      telephony: telephonyUp(),
      calls: viewCalls(engine.state),
      operators: viewOperators(engine.state),
    }
  }

  changeOperator(operatorId: string, change: OperatorChange): OperatorView {
    const { engine } = this.#ports
    if (!engine.state.operators.has(operatorId)) throw new ServiceError('not_found', 'ce compte ne prend pas d’appels')
    engine.submit({ type: 'operator-asks', operatorId, change })
    const operator = engine.state.operators.get(operatorId)
    if (operator === undefined) throw new ServiceError('not_found')
    return viewOperator(operator)
  }

  orderOpening(open: boolean | null, by: string, untilMs: number | null): DeskView {
    this.#ports.hours.order(open, by, untilMs)
    return this.view()
  }

  answer(operatorId: string, callId: string): void {
    const offer = this.#ports.engine.state.calls.get(callId)?.offer
    if (offer?.operatorId !== operatorId) throw new ServiceError('conflict', 'cet appel ne sonne plus ici')
    if (!this.#ports.pickUp(offer.leg)) throw new ServiceError('conflict', 'décrochez votre téléphone')
  }

  decline(operatorId: string, callId: string): void {
    if (this.#ports.engine.state.calls.get(callId)?.offer?.operatorId !== operatorId)
      throw new ServiceError('conflict', 'cet appel ne sonne plus ici')
    this.#ports.engine.submit({ type: 'operator-declines', operatorId, callId })
  }

  extend(operatorId: string, callId: string, reason: string): void {
    this.#inConversation(operatorId, callId)
    this.#ports.engine.submit({ type: 'operator-extends', operatorId, callId, reason })
  }

  hold(operatorId: string, callId: string, on: boolean): void {
    this.#inConversation(operatorId, callId)
    this.#ports.engine.submit({ type: 'operator-holds', operatorId, callId, on })
  }

  hangUp(operatorId: string, callId: string): void {
    this.#inConversation(operatorId, callId)
    this.#ports.engine.submit({ type: 'operator-hangs-up', operatorId, callId })
  }

  #inConversation(operatorId: string, callId: string): void {
    const status = this.#ports.engine.state.calls.get(callId)?.status
    if (status?.kind !== 'talking' || status.operatorId !== operatorId)
      throw new ServiceError('conflict', 'vous n’êtes plus en ligne sur cet appel')
  }
}
