import { Textarea } from '@mantine/core'
import { useState } from 'react'
import fields from './fields.module.css'

const linesOf = (text: string) => [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '')

type LinesProps = {
  readonly label: string
  readonly description: string
  readonly rows: number
  readonly lines: readonly string[]
  readonly onChange: (lines: string[]) => void
}

/** A list, one line each; empty lines are typed on the way and are none. */
export function LinesField({ lines, onChange, ...field }: LinesProps) {
  const [typed, setTyped] = useState('')
  const text = lines.join('\n')
  return (
    <Textarea
      {...field}
      className={fields.wide ?? ''}
      value={linesOf(typed).join('\n') === text ? typed : text}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        onChange(linesOf(event.currentTarget.value))
      }}
    />
  )
}
