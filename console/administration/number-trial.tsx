import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dialTrialQuery } from '../api/settings.ts'
import { Pill } from '../ui/pill.tsx'
import classes from './outgoing.module.css'

/** Try a number against the prefixes as they are now, saved or not. */
export function NumberTrial({ prefixes }: { prefixes: readonly string[] }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  return (
    <div className={classes.trial}>
      <TextInput
        label={t('settings.outgoing.trialLabel')}
        description={t('settings.outgoing.trialSays')}
        placeholder="05 61 55 12 34"
        value={typed}
        inputMode="tel"
        maxLength={40}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <p role="status">
        <Verdict number={typed} prefixes={prefixes} />
      </p>
    </div>
  )
}

/** « 05 61 55 12 34 : autorisé » */
export function Verdict({ number, prefixes }: { number: string; prefixes: readonly string[] }) {
  const { t } = useTranslation()
  const [settled] = useDebouncedValue(number.trim(), 250)
  const verdict = useQuery(dialTrialQuery(settled, prefixes)).data
  if (settled === '' || verdict === undefined) return null
  if (verdict.numberShown === null) return <Pill tone="warn">{t('settings.outgoing.unusable')}</Pill>
  return (
    <Pill tone={verdict.allowed ? 'ok' : 'bad'}>
      {t(verdict.allowed ? 'settings.outgoing.allowed' : 'settings.outgoing.refused', { number: verdict.numberShown })}
    </Pill>
  )
}
