import { Button, Input } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { openTime } from '../ui/time-left.tsx'
import classes from './clocks-page.module.css'
import { NumberField } from './number-field.tsx'

const dayMinutes = 480

type Props = {
  readonly label: string
  readonly description: string
  /** What a limit begins with. */
  readonly usual: number
  readonly value: number | null
  readonly onChange: (minutes: number | null) => void
}

/** A delay in minutes of open time, with what that is in hours; or none. */
export function DelayField({ label, description, usual, value, onChange }: Props) {
  const { t } = useTranslation()
  if (value === null)
    return (
      <Input.Wrapper label={label} description={description} labelElement="div">
        <div className={classes.endless}>
          {t('clocks.settings.endless')}
          <Button size="compact-xs" variant="subtle" onClick={() => onChange(usual)}>
            {t('clocks.settings.limited')}
          </Button>
        </div>
      </Input.Wrapper>
    )
  return (
    <div>
      <NumberField
        label={label}
        description={description}
        unit={t('clocks.settings.unit')}
        min={1}
        max={60_000}
        value={value}
        onChange={onChange}
      />
      <div className={classes.equals}>
        <span>
          {value === dayMinutes
            ? t('clocks.settings.day')
            : value >= 60
              ? t('clocks.settings.equals', { time: openTime(t, value * 60_000) })
              : ''}
        </span>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange(null)}>
          {t('clocks.settings.endless')}
        </Button>
      </div>
    </div>
  )
}
