import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwedEntry, OwedOutcome } from '../../server/contract/http.ts'
import { tellOutcome } from '../api/owed.ts'
import classes from './owed-page.module.css'
import { settle, undo, undoMs } from './settling.ts'
import { nameOrNumber } from '../ui/caller.ts'

type Outcomes = {
  /** The entry whose later time is being chosen. */
  readonly postponing: string | null
  readonly postpone: (id: string | null) => void
  readonly note: (id: string, text: string) => void
  /** What was noted of an entry and is not known to have been taken in. */
  readonly noted: (id: string) => string
  /** @param laterAt ISO, with `later` alone */
  readonly tell: (entry: OwedEntry, outcome: OwedOutcome['outcome'], laterAt?: string) => void
}

/**
 * Telling what came of calling back; what settles for good can be taken back for a moment.
 * @param onSettle an entry is about to go
 */
export function useOutcomes(onSettle?: (entry: OwedEntry) => void): Outcomes {
  const { t } = useTranslation()
  const [postponing, postpone] = useState<string | null>(null)
  const notes = useRef(new Map<string, string>())
  const tell = (entry: OwedEntry, outcome: OwedOutcome['outcome'], laterAt = '') => {
    const note = notes.current.get(entry.id)?.trim() || null
    postpone(null)
    // A note outlives what is taken back, and a service that is away.
    const told = (done: boolean) => done && notes.current.delete(entry.id)
    if (outcome === 'later') return void tellOutcome(entry.id, { outcome, note, laterAt }).then(told)
    if (outcome === 'no-answer' || outcome === 'busy') return void tellOutcome(entry.id, { outcome, note }).then(told)
    onSettle?.(entry)
    settle(entry.id, { outcome, note })
    offerUndo(entry)
  }
  const offerUndo = (entry: OwedEntry) =>
    notifications.show({
      id: entry.id,
      withBorder: true,
      autoClose: undoMs,
      message: (
        <span className={classes.undo}>
          {t('owed.settled', { who: nameOrNumber(entry) })}
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              undo(entry.id)
              notifications.hide(entry.id)
            }}
          >
            {t('messages.undo')}
          </Button>
        </span>
      ),
    })
  return {
    postponing,
    postpone,
    note: (id, text) => void notes.current.set(id, text),
    noted: (id) => notes.current.get(id) ?? '',
    tell,
  }
}
