import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpokenLanguage } from '../../server/contract/announcements.ts'
import type { OutOfScope } from '../../server/contract/out-of-scope.ts'
import { politeRefusal, saidRefusal } from '../../server/contract/polite-refusal.ts'
import { settingsQuery } from '../api/settings.ts'
import { digitOf } from './digits.ts'
import { Keys } from './kbd.tsx'
import { Dialog } from './dialog.tsx'
import classes from './not-ours.module.css'

type Props = {
  /** The caller is on the line, and can be handed over. */
  readonly mayTransfer: boolean
  readonly sending: boolean
  readonly onClose: () => void
  /** Its answer is written down, and this becomes of it; without, it is said on the telephone alone. */
  readonly answered?: string
  readonly failure?: string | null
  /** What the person is thought to speak or to write; French without. */
  readonly language?: SpokenLanguage
  readonly onRefused: (reason: string, target: OutOfScope['target'], transferred: boolean, answer: string) => void
}

/** Not for this desk: whom to send the person to, the number to read out, what to say, and why, which is written down. */
export function NotOurs({ mayTransfer, sending, onClose, answered, failure = null, language: theirs = 'fr', onRefused }: Props) {
  const { t } = useTranslation()
  const settings = useQuery(settingsQuery).data
  const targets = settings?.outgoing.value.targets ?? []
  const [chosen, setChosen] = useState<OutOfScope['target']>(null)
  const [reason, setReason] = useState('')
  const [own, setOwn] = useState<string | null>(null)
  const [language, setLanguage] = useState(theirs)
  const answer = own ?? politeRefusal(chosen, settings?.desk.value.name ?? '', language)
  const empty = answered !== undefined && answer.trim() === ''
  const refuse = (transferred: boolean) => {
    if (!empty) onRefused(reason.trim() || t('ending.usualReason'), chosen, transferred, answer.trim())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      return refuse(false)
    }
    const { target: at } = event
    if (at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && at.type === 'text')) return
    const target = targets[digitOf(event) - 1]
    if (target !== undefined) setChosen(target)
  }
  return (
    <Dialog heading={t('ending.refuseHeading')} size={520} onClose={onClose}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a digit chooses from anywhere in it */}
      <form
        className={classes.form}
        aria-label={t('ending.refuseHeading')}
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault()
          refuse(false)
        }}
      >
        <fieldset className={classes.targets}>
          <legend>{t('ending.target')}</legend>
          {targets.length === 0 && <p className={classes.none}>{t('ending.noTargets')}</p>}
          {targets.map((target, i) => (
            <label key={`${target.name} ${target.number}`} className={classes.target} data-chosen={chosen === target || undefined}>
              <input
                type="radio"
                name="target"
                checked={chosen === target}
                onChange={() => setChosen(target)}
                data-autofocus={i === 0 || undefined}
              />
              <span>{target.name}</span>
              <b className="g-num">{target.number}</b>
              {i < 9 && <Keys fixed keys={String(i + 1)} />}
            </label>
          ))}
        </fieldset>
        {chosen !== null && (
          <p className={`${classes.number} g-num`} role="status">
            {chosen.number}
          </p>
        )}
        <SegmentedControl
          className={classes.language ?? ''}
          size="xs"
          aria-label={t('ending.language')}
          // What was written instead stays as it is.
          disabled={own !== null}
          value={language}
          onChange={(value) => setLanguage(value === 'en' ? 'en' : 'fr')}
          data={(['fr', 'en'] as const).map((value) => ({ value, label: <span lang={value}>{t(`ending.languages.${value}`)}</span> }))}
        />
        {answered === undefined ? (
          <p className={classes.say}>
            <small>{t('ending.sayLabel')}</small>
            <q lang={language}>{saidRefusal(chosen, language)}</q>
          </p>
        ) : (
          <Textarea
            label={t('ending.answer')}
            description={answered}
            rows={4}
            maxLength={20_000}
            lang={language}
            value={answer}
            error={empty && t('ticket.needed')}
            onChange={(event) => setOwn(event.currentTarget.value)}
          />
        )}
        <TextInput
          label={t('ending.reason')}
          placeholder={t('ending.usualReason')}
          value={reason}
          maxLength={300}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {failure !== null && (
          <p role="alert" className={classes.failure}>
            {failure}
          </p>
        )}
        <div className={classes.actions}>
          <Button type="submit" loading={sending}>
            {t('ending.refuseDone')}
          </Button>
          {mayTransfer && chosen !== null && (
            <Button variant="light" loading={sending} onClick={() => refuse(true)}>
              {t('ending.refuseTransfer')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t('ticket.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
