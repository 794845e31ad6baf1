import { Button, SegmentedControl, Switch, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ExceptionalDays } from '../../server/contract/settings.ts'
import classes from './exceptions.module.css'
import { longDate, saidDates } from './dates.ts'
import { SpansField } from './spans-field.tsx'
import { areSound } from './time-of-day.ts'

type Change = (exception: ExceptionalDays) => void
type ExceptionProps = {
  readonly exception: ExceptionalDays
  readonly over: boolean
  readonly onChange: Change
  readonly onRemove: () => void
}

export const isWhole = ({ from, to, spans, reason, announcement }: ExceptionalDays): boolean =>
  from !== '' &&
  to !== '' &&
  from <= to &&
  areSound(spans) &&
  reason.trim() !== '' &&
  (announcement === null || (announcement.fr.trim() !== '' && announcement.en.trim() !== ''))

/** One stretch of days, closed or open at hours of its own, with what callers are told meanwhile. */
export function Exception({ exception, over, onChange, onRemove }: ExceptionProps) {
  const { t } = useTranslation()
  const { id, from, to, spans, reason } = exception
  const named = from === '' ? t('settings.hours.exception') : t('settings.hours.exceptionOf', { date: longDate(from) })
  return (
    <li data-exception={id} data-over={over || undefined} aria-label={named}>
      <TextInput
        type="date"
        label={t('settings.hours.firstDay')}
        value={from}
        onChange={({ currentTarget: { value } }) => onChange({ ...exception, from: value, to: to < value ? value : to })}
      />
      <TextInput
        type="date"
        label={t('settings.hours.lastDay')}
        value={to}
        min={from}
        onChange={(event) => onChange({ ...exception, to: event.currentTarget.value })}
      />
      <TextInput
        label={t('settings.hours.reason')}
        placeholder={t('settings.hours.reasonExample')}
        value={reason}
        maxLength={100}
        onChange={(event) => onChange({ ...exception, reason: event.currentTarget.value })}
      />
      <div className={classes.whole}>
        <SegmentedControl
          aria-label={t('settings.hours.openOrClosed', { of: named })}
          value={spans.length === 0 ? 'closed' : 'open'}
          onChange={(value) => onChange({ ...exception, spans: value === 'closed' ? [] : [{ from: '08:30', to: '16:30' }] })}
          data={[
            { value: 'closed', label: t('settings.hours.closedDays') },
            { value: 'open', label: t('settings.hours.openDays') },
          ]}
        />
        {spans.length > 0 && <SpansField of={named} spans={spans} onChange={(next) => onChange({ ...exception, spans: next })} />}
        <Button
          className={classes.remove ?? ''}
          variant="subtle"
          color="gray"
          aria-label={t('settings.hours.removeOf', { of: named })}
          onClick={onRemove}
        >
          {t('settings.hours.remove')}
        </Button>
      </div>
      <OwnAnnouncement exception={exception} onChange={onChange} />
      {!isWhole(exception) && <p className={classes.problem}>{t('settings.hours.incomplete')}</p>}
    </li>
  )
}

/** What callers hear in place of the usual hours; proposed in words of the dates, to be changed at will. */
function OwnAnnouncement({ exception, onChange }: { exception: ExceptionalDays; onChange: Change }) {
  const { t } = useTranslation()
  const { announcement } = exception
  const { from, to } = exception
  const proposed = () => ({
    fr: t('settings.hours.proposed.fr', { when: saidDates(from, to, 'fr') }),
    en: t('settings.hours.proposed.en', { when: saidDates(from, to, 'en') }),
  })
  return (
    <>
      <div className={classes.whole}>
        <Switch
          checked={announcement !== null}
          label={t('settings.hours.own')}
          description={t('settings.hours.ownSays')}
          onChange={(event) => onChange({ ...exception, announcement: event.currentTarget.checked ? proposed() : null })}
        />
      </div>
      {announcement !== null && (
        <div className={classes.texts}>
          {(['fr', 'en'] as const).map((language) => (
            <Textarea
              key={language}
              label={t(`settings.hours.said.${language}`)}
              value={announcement[language]}
              autosize
              minRows={2}
              maxLength={600}
              lang={language}
              onChange={(event) => onChange({ ...exception, announcement: { ...announcement, [language]: event.currentTarget.value } })}
            />
          ))}
        </div>
      )}
    </>
  )
}
