import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwedEntry } from '../../server/contract/http.ts'
import { mayCall, mayFurther } from '../../server/contract/rights.ts'
import { placeCall } from '../api/calling.ts'
import { releaseOwed, takeOwed } from '../api/owed.ts'
import { sessionQuery } from '../api/queries.ts'
import { myself } from '../live/desk.ts'
import { useLive } from '../live/use-live.ts'
import { Keys } from '../ui/kbd.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { useWanted } from '../ui/wanted.ts'
import { Entry } from './entry.tsx'
import { makeTicket } from './message-ticket.tsx'
import classes from './owed-page.module.css'
import { outcomeKeys } from './outcomes.tsx'
import { underWay } from './under-way.ts'
import { useOutcomes } from './use-outcomes.tsx'
import { unwrittenMessage } from './words.ts'

/** Those to call; `j` and `k` walk through them, `t` takes one, `c` calls, figures say what came of it. */
export function OpenList({ entries }: { entries: readonly OwedEntry[] }) {
  const { t } = useTranslation()
  const me = useQuery(sessionQuery).data ?? null
  const [current, setCurrent] = useState<string | null>(null)
  const { desk } = useLive()
  const list = useRef<HTMLUListElement>(null)
  const at = entries.findIndex((e) => e.id === current)
  const here = entries[at]
  const onTelephone = me !== null && mayCall(me, 'POST /api/calls')
  const isMine = (entry: OwedEntry) => entry.takenBy !== null && entry.takenBy.id === me?.id

  // The current one is where the focus was last: what it stood on may have gone meanwhile.
  useEffect(() => {
    const ul = list.current
    const note = ({ target }: FocusEvent) =>
      target instanceof Element && setCurrent(target.closest<HTMLElement>('[data-entry]')?.dataset['entry'] ?? null)
    ul?.addEventListener('focusin', note)
    return () => ul?.removeEventListener('focusin', note)
  }, [])
  const focusOn = (index: number) => list.current?.querySelectorAll<HTMLElement>('[data-entry]')[index]?.focus()
  useWanted((id) => {
    const index = entries.findIndex((e) => e.id === id)
    // After the page itself has taken the focus.
    if (index >= 0) window.setTimeout(() => focusOn(index))
    return index >= 0
  })
  const walk = (by: number) => focusOn(Math.min(entries.length - 1, Math.max(0, at + by)))
  const { postponing, postpone, note, noted, tell } = useOutcomes((entry) => {
    const index = entries.indexOf(entry)
    focusOn(index + 1 < entries.length ? index + 1 : index - 1)
  })
  const take = (entry: OwedEntry) => {
    focusOn(entries.indexOf(entry))
    void takeOwed(entry.id)
  }
  /** One gesture takes it and calls: my own phone rings first. */
  const call = async (entry: OwedEntry) => {
    if (entry.takenBy !== null || (await takeOwed(entry.id))) await placeCall(entry.number ?? '', entry.id)
  }
  const mayDial = desk !== null && myself(desk) !== null

  useShortcuts([
    { key: 'j', run: () => walk(1) },
    { key: 'k', run: () => walk(-1) },
    { key: 't', run: () => here !== undefined && onTelephone && here.takenBy === null && take(here) },
    {
      key: 'v',
      run: () => {
        const messageId = here === undefined ? null : (unwrittenMessage(here)?.messageId ?? null)
        if (messageId !== null && onTelephone) void makeTicket(messageId, (number) => t('owed.ticketMade', { number }))
      },
    },
    ...outcomeKeys.map(([key, outcome]) => ({
      key,
      run: () => {
        if (here === undefined || !isMine(here)) return
        if (outcome === 'later') postpone(here.id)
        else tell(here, outcome)
      },
    })),
  ])
  return (
    <>
      <ul className={classes.list} ref={list}>
        {entries.map((entry) => (
          <Entry
            key={entry.id}
            entry={entry}
            mine={isMine(entry)}
            mayCall={onTelephone}
            mayFree={isMine(entry) || mayFurther(me, 'freeAnyAnswer')}
            postponing={postponing === entry.id}
            onTake={() => take(entry)}
            onCall={mayDial && entry.number !== null ? () => void call(entry) : null}
            current={entry.id === current}
            now={desk === null ? null : underWay(entry, desk, t)}
            onRelease={() => releaseOwed(entry.id)}
            noted={noted(entry.id)}
            onNote={(text) => note(entry.id, text)}
            onPostpone={() => postpone(postponing === entry.id ? null : entry.id)}
            onOutcome={(outcome, laterAt) => tell(entry, outcome, laterAt)}
          />
        ))}
      </ul>
      <p className={classes.hint} aria-hidden="true">
        <Keys keys="J" /> <Keys keys="K" /> {t('owed.hintWalk')} <Keys keys="T" /> {t('owed.hintTake')} <Keys keys="C" />{' '}
        {t('owed.hintCall')}
      </p>
    </>
  )
}
