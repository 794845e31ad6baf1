import { VisuallyHidden } from '@mantine/core'
import { useState, type ComponentProps, type ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import type { Joining } from '../../server/contract/disruptions.ts'
import type { CallView, Role } from '../../server/contract/entities.ts'
import { draftsQuery, endDraft } from '../api/drafts.ts'
import { queryClient } from '../api/queries.ts'
import { callOfMine, myCall, myself, type Desk } from '../live/desk.ts'
import { useLive } from '../live/use-live.ts'
import { later } from '../ui/later.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { Panel } from '../ui/panel.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { tellUndoable } from '../ui/undoable.tsx'
import { useWanted, want } from '../ui/wanted.ts'
import { useStable } from '../ui/stable.ts'
import type { CallCard as Card } from './call-card.tsx'
import classes from './desk-page.module.css'
import { DeskSkeleton } from './desk-skeleton.tsx'
import { isUntouched, withText, type Draft } from './draft.ts'
import { adopted, serverKeyOf } from './draft-exchange.ts'
import { begunAgain, draftsOf, owed, replaced, withHand, without, withSettled, withUnwritten, type Kept } from './drafts.ts'
import { IdleCard } from './idle-card.tsx'
import { NoTicket } from './no-ticket.tsx'
import { usePop } from './pops.ts'
import { Queue } from './queue.tsx'
import { afterSave, afterVain } from './save-sender.ts'
import type { Context as Beside } from './context.tsx'
import type { Parked as Waiting } from './parked.tsx'
import type { SavedCard as Written } from './saved-card.tsx'
import type { Script as Steps } from './script.tsx'
import type { SharedPanel as Shared } from './shared-page.tsx'
import { Team } from './team.tsx'
import type Form from './ticket-form.tsx'
import { type Unwritten, useUnwritten } from './unwritten.ts'
import { useDrafts } from './use-drafts.ts'

// Fetched behind the first view, long before a call needs them.
const CallCard = later<ComponentProps<typeof Card>>(async () => (await import('./call-card.tsx')).CallCard)
const Context = later<ComponentProps<typeof Beside>>(async () => (await import('./context.tsx')).Context)
const Parked = later<ComponentProps<typeof Waiting>>(async () => (await import('./parked.tsx')).Parked)
const SavedCard = later<ComponentProps<typeof Written>>(async () => (await import('./saved-card.tsx')).SavedCard)
const SharedPanel = later<ComponentProps<typeof Shared>>(async () => (await import('./shared-page.tsx')).SharedPanel)
const Script = later<ComponentProps<typeof Steps>>(async () => (await import('./script.tsx')).Script)
const TicketForm = later<ComponentProps<typeof Form>>(async () => (await import('./ticket-form.tsx')).default)

type DeskPageProps = {
  readonly operatorId: string
  readonly role: Role
  /** Sees who calls, who waits and who answers. */
  readonly onLine: boolean
  readonly mayOrder: boolean
  /** Listen, whisper, join, take a waiting caller, end a call. */
  readonly maySupervise: boolean
  /** Whom I have to call back, with the call that concerns me, shown above their tickets. */
  readonly callbacks: ComponentType<{ me: string; call: CallView | null }>
  /** What hampers many now, with whoever may be attached to it. */
  readonly notices: ComponentType<{
    joiner: { readonly categoryId: string | null; readonly joining: () => Promise<Joining | null> } | null
    onJoined: () => void
  }>
}

/** The desk view: my call and the queue, the ticket being written, and what the caller has asked before. */
export function DeskPage(props: DeskPageProps) {
  const { t } = useTranslation()
  const { desk } = useLive()
  usePageTitle(t('nav.desk'))
  return desk === null ? <DeskSkeleton /> : <Columns desk={desk} {...props} />
}

type Saved = Kept['saved'][number]

/** Nobody can be told of an end whom nothing is known of. */
const isSomebody = ({ callId, name, email, phone }: Draft) => callId !== null || [name, email, phone].some((said) => said.trim() !== '')

const joinerOf = ({ key, categoryId }: Draft, me: string) => ({
  categoryId,
  joining: async () => (await import('./joining.ts')).joiningOf(key, me),
})
/** What was written already stays, above. */
const taken = (solution: string, text: string) => [solution.trim(), text].filter(Boolean).join('\n\n').slice(0, 20_000)
/** Whom a ticket is written for, when they are somebody the directory knows. */
const chosenOf = (draft: Draft | undefined) =>
  draft === undefined || draft.personId === null ? null : { id: draft.personId, name: draft.name }

function Columns({
  desk,
  operatorId,
  role,
  onLine,
  mayOrder,
  maySupervise,
  callbacks: Callbacks,
  notices: Notices,
}: DeskPageProps & { readonly desk: Desk }) {
  const { t } = useTranslation()
  const kept = useDrafts(operatorId)
  const store = draftsOf(operatorId)
  // A choice among drafts holds until another call comes.
  const [picked, setPicked] = useState<{ key: string; during: string | null } | null>(null)
  const [lastByHand, setLastByHand] = useState<Omit<Saved, 'callId'> | null>(null)
  const mine = callOfMine(desk)
  const concerning = myCall(desk)
  const me = myself(desk)
  const mineId = mine?.id ?? null
  const pick = (key: string) => setPicked({ key, during: mineId })

  const debts = owed(kept)
  const savedOfCall = kept.saved.find((s) => s.callId === (mineId ?? (me?.state === 'wrap-up' ? me.callId : null)))
  const find = (key: string | null) => kept.drafts.find((d) => d.key === key)
  const current = find(mineId) ?? kept.drafts.find((d) => d.callId !== null && !d.ended)
  const draft =
    find(picked?.during === mineId ? picked.key : null) ??
    current ??
    (me?.state === 'front-desk' ? find(kept.hand) : undefined) ??
    (mineId === null || savedOfCall === undefined ? (debts[0] ?? find(kept.hand)) : undefined)
  const pop = usePop(draft?.callId ?? null)
  const call = draft === undefined ? null : (desk.calls.find((c) => c.id === draft.callId) ?? pop?.call ?? null)
  const saved = savedOfCall ?? lastByHand
  // Also once the ticket is saved: the conversation goes on.
  const pageOf = draft?.callId ?? mineId ?? (me?.state === 'wrap-up' ? me.callId : null)

  const startByHand = () => {
    const next = withHand(store.get(), { id: operatorId, role })
    store.set(next)
    setLastByHand(null)
    if (next.hand === null) return
    pick(next.hand)
    want(next.hand)
  }
  const pickHand = (key: string) => {
    store.set({ ...store.get(), hand: key })
    setLastByHand(null)
    pick(key)
  }
  /** What is written waits as a chip; what comes next, or nothing, is in front. */
  const onPark = () => {
    store.set({ ...store.get(), hand: null })
    setLastByHand(null)
    setPicked(null)
  }
  const onSaved = (d: Draft, ticket: Omit<Saved, 'callId'>) => {
    afterSave(store, d, ticket, operatorId)
    // What was taken up while the server took its time stays in front.
    setPicked((now) => (now !== null && now.key !== d.key ? now : null))
    setLastByHand(d.callId === mineId && mineId !== null ? null : ticket)
  }
  /** A conversation that waits: what anybody wrote of it comes with it. */
  const takeUp = async ({ callId, call: ended }: Unwritten) => {
    if (ended !== null && !store.get().drafts.some((d) => d.key === callId)) {
      const read = await queryClient.fetchQuery({ ...draftsQuery, staleTime: 0 }).catch(() => null)
      const next = withUnwritten(store.get(), ended)
      const begun = next.drafts.find((d) => d.key === callId)
      const theirs = read?.drafts.find((d) => d.key === callId)
      store.set(begun !== undefined && theirs !== undefined ? replaced(next, adopted(begun, theirs)) : next)
    }
    pick(callId)
  }
  const onSettled = (d: Draft) => {
    store.set(withSettled(store.get(), d))
    setPicked(null)
  }
  const onDiscard = (d: Draft) => {
    store.set(without(store.get(), d.key))
    void endDraft(serverKeyOf(d, operatorId)).catch(() => null)
    setPicked(null)
    tellUndoable('discarded', t('form.discarded'), () => store.set(begunAgain(store.get(), d, operatorId)))
  }
  useShortcuts([
    { key: 'n', run: startByHand },
    { key: 'i', run: () => document.querySelector<HTMLInputElement>('[data-field=title]')?.focus() },
  ])
  const unwritten = useUnwritten(kept, operatorId, onLine)
  const others = unwritten.filter((one) => one.callId !== draft?.key)
  useWanted((id) => {
    const one = unwritten.find((u) => u.callId === id)
    if (one !== undefined) void takeUp(one)
    return one !== undefined
  })
  const hands = kept.drafts.filter((d) => d.callId === null && d.key !== draft?.key && !isUntouched(d))

  const written = useStable({
    onChange: (d: Draft) => store.set(replaced(store.get(), d)),
    onVain: (d: Draft) => afterVain(store, d),
    onSaved,
    onDiscard,
    onPark,
    onSettled,
  })

  return (
    <div className={classes.frame}>
      <Notices
        joiner={draft === undefined || !onLine || !isSomebody(draft) ? null : joinerOf(draft, operatorId)}
        onJoined={() => {
          if (draft !== undefined && draft.callId !== null) onSettled(draft)
          else if (draft !== undefined) {
            store.set(without(store.get(), draft.key))
            void endDraft(serverKeyOf(draft, operatorId)).catch(() => null)
            setPicked(null)
          }
        }}
      />
      <div className={classes.desk} data-alone={!onLine || undefined}>
        <VisuallyHidden component="h1">{t('nav.desk')}</VisuallyHidden>
        {onLine && (
          <div className={classes.side}>
            {concerning === null ? (
              <IdleCard me={me} writing={draft !== undefined} />
            ) : (
              <CallCard key={concerning.call.id} {...concerning} desk={desk} chosen={chosenOf(find(concerning.call.id))} />
            )}
            <Panel grow scrollsByKeys label={t('queue.heading')}>
              <Queue desk={desk} mayTake={maySupervise && me !== null} />
              <Team desk={desk} mayOrder={mayOrder} maySupervise={maySupervise} />
            </Panel>
          </div>
        )}
        <div className={classes.centre}>
          <Parked unwritten={others} hands={hands} onPickCall={(one) => void takeUp(one)} onPickHand={pickHand} />
          <Panel grow label={t('form.heading')}>
            {draft !== undefined && <TicketForm key={draft.key} draft={draft} call={call} {...written} />}
            {draft === undefined && saved !== null && saved !== undefined && <SavedCard saved={saved} me={me} onNew={startByHand} />}
            {draft === undefined && (saved === null || saved === undefined) && (
              <NoTicket away={me !== null && me.state !== 'ready'} onNew={startByHand} />
            )}
          </Panel>
        </div>
        <div className={classes.aside}>
          {onLine && pageOf !== null && <SharedPanel callId={pageOf} />}
          {draft !== undefined && (draft.callId !== null || draft.medium !== 'mail') && <Script draft={draft} call={call} />}
          {me !== null && <Callbacks me={me.id} call={mine} />}
          <Context
            callId={draft?.callId ?? null}
            personId={draft?.personId ?? null}
            categoryId={draft?.categoryId ?? null}
            writing={draft !== undefined}
            title={draft?.title ?? ''}
            onTake={
              draft === undefined
                ? null
                : (text) =>
                    store.set(replaced(store.get(), withText(draft, 'solution', taken(draft.solution, text), new Date().toISOString())))
            }
          />
        </div>
      </div>
    </div>
  )
}
