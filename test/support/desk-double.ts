import type { CallView, OperatorView } from '../../server/contract/entities.ts'
import type { OperatorChange, RecordingOrder } from '../../server/contract/http.ts'
import type { Desk, DeskView } from '../../server/engine/desk.ts'
import { ServiceError } from '../../server/errors.ts'

/** Stands for the live desk, the only part that is not the real one here: it writes down what it is asked. */
export class DeskDouble implements Desk {
  readonly epoch = 'a test'
  readonly asked: string[] = []
  calls: CallView[] = []
  operators: OperatorView[] = []
  view(): DeskView {
    return {
      open: true,
      hours: 'Ouvert jusqu’à 16 h 30',
      opening: null,
      telephony: true,
      lines: [],
      calls: this.calls,
      operators: this.operators,
    }
  }
  wait: { lowMs: number; highMs: number } | null = null
  waitNow() {
    return this.wait
  }
  nextCaller(): string | null {
    return this.calls.find(({ position, operatorId }) => position === 1 && operatorId === null)?.id ?? null
  }
  changeOperator(operatorId: string, change: OperatorChange): OperatorView {
    if (!['alice', 'bruno', 'chloe'].includes(operatorId)) throw new ServiceError('not_found')
    this.asked.push(`${operatorId} ${change.state}`)
    return this.#shown(operatorId, change)
  }
  orderOperator(operatorId: string, change: OperatorChange, by: string): OperatorView {
    const { state } = this.changeOperator(operatorId, change)
    this.asked.push(`${by} ordered ${operatorId} ${state}`)
    return { ...this.#shown(operatorId, change), orderedBy: by }
  }
  lengthenWrapUp(operatorId: string): OperatorView {
    this.asked.push(`${operatorId} needs longer`)
    return this.#shown(operatorId, { state: 'ready' })
  }
  #shown(operatorId: string, change: OperatorChange): OperatorView {
    const reason = change.state === 'paused' ? change.reason : null
    return {
      id: operatorId,
      name: operatorId,
      extension: '6101',
      state: change.state,
      since: '2026-11-23T09:00:00.000Z',
      reason,
      callId: null,
      until: null,
      orderedBy: null,
      next: null,
    }
  }
  orderOpening(open: boolean | null, by: string): DeskView {
    this.asked.push(`${by} ${open === null ? 'follows the hours' : open ? 'opens' : 'closes'}`)
    return this.view()
  }
  answer(operatorId: string, callId: string): void {
    this.#about('answer', operatorId, callId)
  }
  decline(operatorId: string, callId: string): void {
    this.#about('decline', operatorId, callId)
  }
  hangUp(operatorId: string, callId: string): void {
    this.#about('hangup', operatorId, callId)
  }
  call(operatorId: string, number: string): string {
    this.#about(`call ${number} for`, operatorId, 'out')
    return 'out-1'
  }
  consult(operatorId: string, callId: string): void {
    this.#about('consult', operatorId, callId)
  }
  endConsult(operatorId: string, callId: string): void {
    this.#about('end consulting', operatorId, callId)
  }
  confer(operatorId: string, callId: string): void {
    this.#about('confer', operatorId, callId)
  }
  transfer(operatorId: string, callId: string): void {
    this.#about('transfer', operatorId, callId)
  }
  mute(operatorId: string, callId: string): void {
    this.#about('mute', operatorId, callId)
  }
  rejoin(operatorId: string, callId: string): void {
    this.#about('rejoin', operatorId, callId)
  }
  sendKeys(operatorId: string, callId: string): void {
    this.#about('send keys', operatorId, callId)
  }
  take(operatorId: string, callId: string): void {
    this.#about('take', operatorId, callId)
  }
  watch(operatorId: string, callId: string): void {
    this.#about('watch', operatorId, callId)
  }
  leaveWatch(operatorId: string, callId: string): void {
    this.#about('leave', operatorId, callId)
  }
  stop(callId: string): void {
    this.#about('stop', 'a supervisor', callId)
  }
  settled(number: string): void {
    this.asked.push(`settled ${number}`)
  }
  forget(numbers: readonly string[]): void {
    this.asked.push(['forget', ...numbers].join(' '))
  }
  extend(operatorId: string, callId: string, reason: string): void {
    this.#about(`extend (${reason})`, operatorId, callId)
  }
  orderRecording(operatorId: string, callId: string, order: RecordingOrder): void {
    this.#about(`record: ${order}`, operatorId, callId)
  }
  hold(operatorId: string, callId: string, on: boolean): void {
    this.#about(on ? 'hold' : 'take back', operatorId, callId)
  }
  #about(verb: string, operatorId: string, callId: string): void {
    if (callId === 'ended') throw new ServiceError('conflict')
    this.asked.push(`${verb} ${operatorId} ${callId}`)
  }
}
