import type { Draft as KeptDraft, DraftContent, Drafts, DraftWrite, DraftWritten } from '../../server/contract/drafts.ts'
import { blankDraft, type Draft } from './draft.ts'
import { handKey, replaced, without, type Kept } from './drafts.ts'

/** The key under which the server keeps a draft. */
export const serverKeyOf = (draft: Draft, me: string): string =>
  draft.callId ?? (draft.key === handKey ? `hand-${me}-${draft.idempotencyKey}` : draft.key)

function contentOf(draft: Draft): DraftContent {
  const { medium, title, summary, solution, categoryId, placeId, urgency, impact, personId, name, email, phone } = draft
  const { typed, observers, files, cardOf } = draft
  const plain = { medium, title, summary, solution, categoryId, placeId, urgency, impact, personId, name, email, phone }
  return {
    ...plain,
    typed: [...typed],
    observers: observers.map(({ kind, id, name: who }) => ({ kind, id, name: who })),
    files: [...files],
    cardOf,
  }
}

export const writeOf = (draft: Draft): DraftWrite => ({ version: draft.version, startedAt: draft.startedAt, content: contentOf(draft) })

/** The draft as the server has it. */
export const adopted = (draft: Draft, kept: KeptDraft): Draft => ({
  ...draft,
  ...kept.content,
  version: kept.version,
  editedAt: kept.editedAt,
  unsent: false,
  theirs: null,
})

/** Go on with mine: it will be written over theirs, which its reader has seen. */
export const insisting = (draft: Draft): Draft => ({
  ...draft,
  version: draft.theirs?.version ?? draft.version,
  theirs: null,
  unsent: true,
})

const sameText = (a: DraftContent, b: DraftContent) => JSON.stringify(a) === JSON.stringify({ ...b, typed: b.typed })

/**
 * The drafts after the server has answered a write.
 * @param sent the draft as it was when it left: what was typed since is still to be sent
 */
export function afterWrite(kept: Kept, sent: Draft, written: DraftWritten): Kept {
  const now = kept.drafts.find((d) => d.key === sent.key)
  if (now === undefined) return kept
  if (written.outcome === 'over') return replaced(kept, { ...now, unsent: false, over: true })
  const { draft } = written
  // An answer that was lost: what stands there is what we wrote.
  const ours = written.outcome === 'kept' || sameText(draft.content, contentOf(sent))
  if (!ours) return replaced(kept, { ...now, theirs: draft })
  return replaced(kept, { ...now, version: draft.version, unsent: now !== sent && !sameText(contentOf(now), draft.content) })
}

/** The drafts once the server has said which ones it holds. @param isLive a call that goes on is written by whoever has it */
export function afterRead(kept: Kept, { drafts, over }: Drafts, me: string, isLive: (callId: string) => boolean): Kept {
  let next = kept
  const served = new Set(over)
  for (const draft of kept.drafts) {
    const key = serverKeyOf(draft, me)
    if (served.has(key)) next = draft.unsent ? replaced(next, { ...draft, unsent: false, over: true }) : without(next, draft.key)
  }
  for (const theirs of drafts) {
    const mine = next.drafts.find((d) => serverKeyOf(d, me) === theirs.key)
    if (mine === undefined) next = theirs.callId !== null && isLive(theirs.callId) ? next : withMine(next, theirs, me)
    else if (!mine.unsent && mine.theirs === null && theirs.version > mine.version) next = replaced(next, adopted(mine, theirs))
  }
  return next
}

/** What I wrote on another computer; others' drafts come with their calls. */
function withMine(kept: Kept, theirs: KeptDraft, me: string): Kept {
  if (theirs.by.id !== me || kept.saved.some((s) => s.callId === theirs.callId)) return kept
  const id = theirs.key.slice(-36)
  const idempotencyKey = theirs.callId === null && uuid.test(id) ? id : crypto.randomUUID()
  const blank = blankDraft({ key: theirs.key, idempotencyKey, now: theirs.startedAt })
  const draft = adopted({ ...blank, callId: theirs.callId, answered: true, ended: theirs.callId !== null }, theirs)
  return { ...kept, drafts: [...kept.drafts, draft] }
}
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/
