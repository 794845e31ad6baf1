import '@mantine/core/styles/Checkbox.css'
import { Checkbox, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../ui/panel.tsx'
import classes from './outgoing.module.css'
import { familyNames, holds, othersIn, readOthers, tooWide, withFamily } from './prefixes.ts'

type AllowedNumbersProps = {
  readonly prefixes: readonly string[]
  readonly onChange: (prefixes: string[]) => void
  /** The others as they are being typed, which may not be readable yet; null: as they are. */
  readonly typed: string | null
  readonly onTyped: (typed: string | null) => void
}

/** What may be dialled, in words. */
export function AllowedNumbers({ prefixes, onChange, typed, onTyped }: AllowedNumbersProps) {
  const { t } = useTranslation()
  const others = othersIn(prefixes)
  const wide = tooWide(prefixes)
  const type = (text: string) => {
    onTyped(text)
    onChange([...prefixes.filter((p) => !others.includes(p)), ...(readOthers(text) ?? others)])
  }
  return (
    <Panel heading={t('settings.outgoing.prefixes')}>
      <p className={classes.says}>{t('settings.outgoing.says')}</p>
      <div className={classes.families}>
        {familyNames.map((family) => (
          <Checkbox
            key={family}
            label={t(`settings.outgoing.families.${family}`)}
            description={t(`settings.outgoing.families.${family}Says`)}
            checked={holds(prefixes, family)}
            onChange={(event) => onChange(withFamily(prefixes, family, event.currentTarget.checked))}
          />
        ))}
        <TextInput
          className={classes.others ?? ''}
          label={t('settings.outgoing.others')}
          description={t('settings.outgoing.othersSays')}
          value={typed ?? others.join(' ')}
          error={readOthers(typed ?? '') === null ? t('settings.outgoing.othersUnsound') : null}
          maxLength={400}
          onChange={(event) => type(event.currentTarget.value)}
          onBlur={() => readOthers(typed ?? '') !== null && onTyped(null)}
        />
      </div>
      {wide !== null && (
        <p className={classes.warning} role="alert">
          {t('settings.outgoing.wide', { prefix: wide })}
        </p>
      )}
    </Panel>
  )
}
