import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OpenSpan } from '../../server/contract/settings.ts'
import classes from './spans-field.module.css'
import { areSound, nextSpan, readTime } from './time-of-day.ts'

type SpansFieldProps = {
  /** The day, for those who do not see the table. */
  readonly of: string
  readonly spans: readonly OpenSpan[]
  readonly onChange: (spans: OpenSpan[]) => void
}

/** When a day is open: any number of spans, none being closed. */
export function SpansField({ of, spans, onChange }: SpansFieldProps) {
  const { t } = useTranslation()
  const more = nextSpan(spans)
  const replace = (index: number, span: OpenSpan) => onChange(spans.map((s, i) => (i === index ? span : s)))
  return (
    <div className={classes.spans} role="group" aria-label={of}>
      {spans.length === 0 && <span className={classes.closed}>{t('settings.hours.closed')}</span>}
      {spans.map((span, i) => (
        // A span has no name of its own; its place is what tells it from the others.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={i} className={classes.span}>
          <TimeField
            label={t('settings.hours.from', { of, n: i + 1 })}
            value={span.from}
            onChange={(from) => replace(i, { ...span, from })}
          />
          <span aria-hidden="true">–</span>
          <TimeField label={t('settings.hours.to', { of, n: i + 1 })} value={span.to} onChange={(to) => replace(i, { ...span, to })} />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('settings.hours.removeSpan', { of, n: i + 1 })}
            onClick={() => onChange(spans.filter((_, at) => at !== i))}
          >
            <IconX size={15} stroke={1.8} />
          </ActionIcon>
        </span>
      ))}
      {more !== null && spans.length < 6 && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} stroke={1.8} />}
          aria-label={t('settings.hours.addSpanOf', { of })}
          onClick={() => onChange([...spans, more])}
        >
          {t('settings.hours.addSpan')}
        </Button>
      )}
      {!areSound(spans) && (
        <p className={classes.problem} role="alert">
          {t('settings.hours.unsound')}
        </p>
      )}
    </div>
  )
}

/** What is typed is read when the field is left, so that « 8h30 » may be typed as one says it. */
function TimeField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null)
  const leave = () => {
    if (typed !== null) onChange(readTime(typed) ?? typed)
    setTyped(null)
  }
  return (
    <TextInput
      className={classes.time ?? ''}
      aria-label={label}
      value={typed ?? value}
      error={readTime(typed ?? value) === null}
      maxLength={7}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => event.key === 'Enter' && leave()}
    />
  )
}
