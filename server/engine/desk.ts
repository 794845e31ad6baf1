import type { CallView, LineName, OpeningOrder, OperatorView, Person, WatchMode } from '../contract/entities.ts'
import type { OperatorChange, RecordingOrder, TransferTo } from '../contract/http.ts'

/** What the rest of the service may see of, and ask of, the live desk. Every method answers from memory; none waits for PostgreSQL. */
export interface Desk {
  /** Random, new at each start of the service. */
  readonly epoch: string
  view(): DeskView
  /** How long somebody who called now would wait, in ms; 0 and 0: somebody is free. Null when nothing honest can be said. */
  waitNow(): { readonly lowMs: number; readonly highMs: number } | null
  /** For whom this operator's phone would ring, were they ready; null: nobody. */
  nextCaller(operatorId: string): string | null
  /** @throws ServiceError `not_found` when `operatorId` takes no calls, `conflict` when the state does not allow it. */
  changeOperator(operatorId: string, change: OperatorChange): OperatorView
  /** Somebody else's order, which the operator is told of. @param by a name @throws as `changeOperator` */
  orderOperator(operatorId: string, change: OperatorChange, by: string): OperatorView
  /** One more minute of wrap-up. @throws ServiceError `conflict` when no wrap-up runs out */
  lengthenWrapUp(operatorId: string): OperatorView
  /** Open or close the desk now, whatever the hours say; null goes back to them. @param by a name @param untilMs null: until taken back */
  orderOpening(open: boolean | null, by: string, untilMs: number | null): DeskView
  /** Pick up the demo's phone, where the console is the phone. @throws ServiceError `conflict` when nothing rings there. */
  answer(operatorId: string, callId: string): void
  /** Refuse the ringing call; it goes to the next operator and the caller keeps the place. */
  decline(operatorId: string, callId: string): void
  /** Put the conversation's limit off. @param reason is written down */
  extend(operatorId: string, callId: string, reason: string): void
  /** Put the caller apart with music, or take them back. */
  hold(operatorId: string, callId: string, on: boolean): void
  /**
   * Call somebody: the operator's own phone rings first. Answers at once.
   * @param number normalised
   * @returns the call's id
   * @throws ServiceError `conflict` when the operator is busy, `number_not_allowed`, `too_many_calls_out`, `telephony_away`
   */
  call(operatorId: string, number: string, about: { readonly people: readonly Person[]; readonly owedId: string | null }): string
  /** A number is owed nothing any more: its kept place goes. @param number normalised */
  settled(number: string): void
  /** Whose numbers these were is erased: nothing of them is remembered any more. @param numbers normalised */
  forget(numbers: readonly string[]): void
  /** Ask somebody while the caller hears music. @throws ServiceError as `call`; `not_found` for a colleague who takes no calls */
  consult(operatorId: string, callId: string, to: TransferTo): void
  /** Back to the caller. */
  endConsult(operatorId: string, callId: string): void
  /** All three talk. */
  confer(operatorId: string, callId: string): void
  /** Hand the caller over: at once, or (null) to whom is being asked. @throws ServiceError as `consult` */
  transfer(operatorId: string, callId: string, to: TransferTo | null): void
  mute(operatorId: string, callId: string, on: boolean): void
  /** @throws ServiceError `conflict` when the line's rule is against it */
  orderRecording(operatorId: string, callId: string, order: RecordingOrder): void
  /** My browser has nothing of my conversation: ring it again. @throws ServiceError `conflict` when there is none to take up */
  rejoin(operatorId: string, callId: string): void
  /** @param keys of 0-9, * and # */
  sendKeys(operatorId: string, callId: string, keys: string): void
  /** My phone rings for this waiting caller, whatever the order. */
  take(operatorId: string, callId: string): void
  /** A supervisor comes to a conversation, or changes how. */
  watch(supervisorId: string, callId: string, mode: WatchMode): void
  leaveWatch(supervisorId: string, callId: string): void
  /** A supervisor ends a call. */
  stop(callId: string): void
  /** End the conversation, stop calling, or leave a colleague who asked me. */
  hangUp(operatorId: string, callId: string): void
}

export type DeskView = {
  readonly open: boolean
  /** « Ouvert jusqu’à 16 h 30 » */
  readonly hours: string
  /** Who ordered the desk open or closed, if somebody did. */
  readonly opening: OpeningOrder | null
  /** Whether Asterisk is connected. */
  readonly telephony: boolean
  /** The lines by which the desk is called, the usual one first. */
  readonly lines: readonly LineName[]
  readonly calls: readonly CallView[]
  readonly operators: readonly OperatorView[]
}
