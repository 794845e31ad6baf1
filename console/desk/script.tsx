import { IconCheck, IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { filledIn } from '../../server/contract/phrase-words.ts'
import { scriptFor, stepTitle } from '../../server/contract/script-choice.ts'
import type { StepKind } from '../../server/contract/script.ts'
import { sessionQuery } from '../api/queries.ts'
import { settingsQuery } from '../api/settings.ts'
import { bound } from '../ui/bound.ts'
import { Keys } from '../ui/kbd.tsx'
import { ariaKey, useShortcuts } from '../ui/shortcuts.ts'
import type { Draft } from './draft.ts'
import classes from './script.module.css'

const storedAs = 'guichet.script-folded'
/** What was ticked by hand, by draft: it outlives a visit to another page. */
const ticked = new Map<string, ReadonlyMap<string, boolean>>()

/** What the ticket shows already needs no tick. */
function shows(kind: StepKind, draft: Draft): boolean {
  switch (kind) {
    case 'greet':
      return draft.answered
    case 'identify':
      return draft.personId !== null
    case 'describe':
      return draft.title.trim() !== ''
    case 'solve':
      return draft.solution.trim() !== ''
    case 'existing':
    case 'receivable':
    case 'recap':
    case 'other':
      return false
    default:
      return kind satisfies never
  }
}

type Props = { readonly draft: Draft; readonly call: CallView | null }

/** The dialogue, beside the call: what comes next stands out with what to say. Nothing has to be ticked. */
export function Script({ draft, call }: Props) {
  const { t, i18n } = useTranslation()
  const [folded, setFolded] = useState(() => localStorage.getItem(storedAs) === 'yes')
  const [, setTick] = useState(0)
  const settings = useQuery(settingsQuery).data
  const me = useQuery(sessionQuery).data?.name ?? ''
  const fold = () => {
    localStorage.setItem(storedAs, folded ? 'no' : 'yes')
    setFolded(!folded)
  }
  useShortcuts([{ key: 'y', run: fold }])
  if (settings === undefined) return null
  const script = scriptFor(settings.script.value.scripts, settings.categories.value.categories, {
    line: call?.line ?? null,
    categoryId: draft.categoryId,
  })
  if (script === null) return null
  const byHand = ticked.get(draft.key)
  const steps = script.steps.map((step) => ({ ...step, done: byHand?.get(step.id) ?? shows(step.kind, draft) }))
  const current = steps.find(({ done }) => !done)
  const tick = (id: string, done: boolean) => {
    ticked.set(draft.key, new Map([...(byHand ?? []), [id, done]]))
    setTick((n) => n + 1)
  }
  // It is said aloud: what is not known yet is a pause.
  const values = { nom: draft.name || '…', numéro: '…', titre: draft.title || '…', opérateur: me, guichet: settings.desk.value.name }
  const count = steps.filter(({ done }) => done).length
  return (
    <section className={classes.script} aria-label={t('script.heading')}>
      <button
        type="button"
        className={classes.head}
        onClick={fold}
        aria-expanded={!folded}
        aria-label={t(folded ? 'script.unfold' : 'script.fold')}
        aria-keyshortcuts={ariaKey('Y')}
      >
        <strong>{t('script.heading')}</strong>
        <span className="g-num">{t('script.progress', { done: count, total: steps.length })}</span>
        <Keys keys="Y" />
        {folded ? (
          <IconChevronDown size={15} stroke={1.8} aria-hidden="true" />
        ) : (
          <IconChevronUp size={15} stroke={1.8} aria-hidden="true" />
        )}
      </button>
      {!folded && (
        <ol className={classes.steps}>
          {steps.map((step) => {
            const says = call?.language === 'en' && step.saysEnglish !== '' ? step.saysEnglish : step.says
            return (
              <li key={step.id} data-done={step.done || undefined} aria-current={step === current ? 'step' : undefined}>
                <label>
                  <input type="checkbox" checked={step.done} onChange={(event) => tick(step.id, event.currentTarget.checked)} />
                  <span className={classes.box} aria-hidden="true">
                    {step.done && <IconCheck size={12} stroke={2.4} />}
                  </span>
                  <span>{stepTitle(step, i18n.language)}</span>
                </label>
                {step === current && says !== '' && <p>{bound(filledIn(says, values))}</p>}
              </li>
            )
          })}
        </ol>
      )}
    </section>
  )
}
