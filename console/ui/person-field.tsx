import { Autocomplete } from '@mantine/core'
import { useRef } from 'react'
import type { Person } from '../../server/contract/entities.ts'
import classes from './person-field.module.css'

type Props = {
  readonly label: string
  readonly placeholder?: string
  readonly name: string
  /** Who the name typed so far may be. */
  readonly offered: readonly Person[]
  readonly onType: (name: string) => void
  readonly onChoose: (person: Person) => void
}

/** A person's name: chosen among those of the directory, or typed. */
export function PersonField({ label, placeholder = '', name, offered, onType, onChoose }: Props) {
  const justChosen = useRef<string | null>(null)
  return (
    <Autocomplete
      label={label}
      placeholder={placeholder}
      value={name}
      maxLength={200}
      data-field="name"
      data={offered.map((p) => ({ value: p.id, label: p.name }))}
      filter={({ options }) => options}
      renderOption={({ option }) => <Offered person={offered.find((p) => p.id === option.value)} />}
      onOptionSubmit={(id) => {
        const person = offered.find((p) => p.id === id)
        if (person === undefined) return
        justChosen.current = person.name
        onChoose(person)
      }}
      onChange={(value) => {
        // The list also writes the chosen name into the field: that is not somebody typing.
        const chosen = justChosen.current === value
        justChosen.current = null
        if (!chosen) onType(value)
      }}
      // The field is narrow beside the others; an address of a university is not.
      comboboxProps={{ shadow: 'md', width: 340, position: 'bottom-start' }}
    />
  )
}

function Offered({ person }: { person: Person | undefined }) {
  if (person === undefined) return null
  return (
    <span className={classes.offered}>
      {person.name}
      <small>{[person.unit, person.email].filter(Boolean).join(' · ')}</small>
    </span>
  )
}
