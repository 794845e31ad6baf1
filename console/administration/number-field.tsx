import '@mantine/core/styles/NumberInput.css'
import { NumberInput } from '@mantine/core'

type NumberFieldProps = {
  readonly label: string
  readonly description?: string
  readonly unit: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly onChange: (value: number) => void
}

/** A whole number with its unit; what lies outside the bounds is brought back to them when the field is left. */
export function NumberField({ label, description, unit, value, min, max, onChange }: NumberFieldProps) {
  return (
    <NumberInput
      label={label}
      description={description}
      value={value}
      min={min}
      max={max}
      clampBehavior="blur"
      suffix={`\u00a0${unit}`}
      onChange={(next) => {
        const number = Number(next)
        if (next !== '' && Number.isFinite(number)) onChange(number)
      }}
    />
  )
}
