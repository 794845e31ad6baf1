import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Rota } from '../../server/contract/rota.ts'
import { told } from '../api/commands.ts'
import { addShift } from '../api/rota.ts'
import { today } from '../ui/format.ts'
import classes from './rota-page.module.css'

/** Puts somebody down, once or for several weeks. */
export function ShiftForm({ operators }: { operators: Rota['operators'] }) {
  const { t } = useTranslation()
  const [operatorId, setOperator] = useState<string | null>(null)
  const [when, setWhen] = useState({ day: today(), from: '08:30', to: '12:30' })
  const [weeks, setWeeks] = useState(1)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (operatorId !== null) told(addShift({ operatorId, ...when, weeks }))
  }
  const field = (name: 'day' | 'from' | 'to') => ({
    label: t(`rota.${name}`),
    value: when[name],
    required: true,
    withAsterisk: false,
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => setWhen({ ...when, [name]: value }),
  })
  return (
    <form className={classes.form} onSubmit={submit} aria-label={t('rota.add')}>
      <Select
        label={t('rota.who')}
        data={operators.map(({ id, name }) => ({ value: id, label: name }))}
        value={operatorId}
        required
        withAsterisk={false}
        searchable
        onChange={setOperator}
      />
      <TextInput type="date" {...field('day')} />
      <TextInput type="time" {...field('from')} />
      <TextInput type="time" {...field('to')} />
      <NumberInput label={t('rota.weeks')} min={1} max={52} value={weeks} onChange={(value) => setWeeks(Number(value) || 1)} />
      <Button type="submit" disabled={operatorId === null || when.from >= when.to}>
        {t('rota.save')}
      </Button>
    </form>
  )
}
