import { Button, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwedOutcome } from '../../server/contract/http.ts'
import { useServerNow } from '../live/use-live.ts'
import { KeyButton } from '../ui/key-button.tsx'
import classes from './outcomes.module.css'
import { momentAt, wallTime } from './wall-time.ts'

type Outcome = OwedOutcome['outcome']

export const outcomeKeys: readonly (readonly [string, Outcome])[] = [
  ['1', 'reached'],
  ['2', 'no-answer'],
  ['3', 'busy'],
  ['4', 'wrong-number'],
  ['5', 'later'],
]

type OutcomesProps = {
  readonly who: string
  readonly postponing: boolean
  /** What was noted before. */
  readonly noted: string
  readonly onNote: (text: string) => void
  readonly onPostpone: () => void
  readonly onOutcome: (outcome: Outcome, laterAt?: string) => void
}

/** What came of the call, for whoever has taken it. */
export function Outcomes({ who, postponing, noted, onNote, onPostpone, onOutcome }: OutcomesProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.outcomes} role="group" aria-label={t('owed.outcomeOf', { who })}>
      <TextInput
        className={classes.note ?? ''}
        placeholder={t('owed.note')}
        aria-label={t('owed.note')}
        maxLength={1_000}
        defaultValue={noted}
        onChange={(event) => onNote(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        {outcomeKeys.map(([key, outcome]) => (
          <KeyButton
            key={outcome}
            variant={outcome === 'reached' ? 'filled' : 'default'}
            keys={key}
            {...(outcome === 'later' && { 'aria-expanded': postponing })}
            onClick={() => (outcome === 'later' ? onPostpone() : onOutcome(outcome))}
          >
            {t(`owed.outcome.${outcome}`)}
          </KeyButton>
        ))}
      </div>
      {postponing && <Later onChosen={(laterAt) => onOutcome('later', laterAt)} />}
    </div>
  )
}

const hourMs = 3_600_000
const quarterMs = hourMs / 4

function Later({ onChosen }: { onChosen: (laterAt: string) => void }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const [at, setAt] = useState(() => wallTime(Math.ceil((now + hourMs) / quarterMs) * quarterMs))
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const chosen = momentAt(at)
  const usable = Number.isFinite(chosen) && chosen > now
  return (
    <form
      className={classes.later}
      onSubmit={(event) => {
        event.preventDefault()
        if (usable) onChosen(new Date(chosen).toISOString())
      }}
    >
      <TextInput
        ref={field}
        type="datetime-local"
        label={t('owed.laterAt')}
        value={at}
        min={wallTime(now)}
        onChange={(event) => setAt(event.currentTarget.value)}
        error={usable ? null : t('owed.laterPast')}
      />
      <Button type="submit" disabled={!usable}>
        {t('owed.postpone')}
      </Button>
    </form>
  )
}
