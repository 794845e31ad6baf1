import { Button, Popover, Textarea } from '@mantine/core'
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Keys } from '../ui/kbd.tsx'
import { KeyButton } from '../ui/key-button.tsx'
import { ariaKey, useShortcuts } from '../ui/shortcuts.ts'
import classes from './asked-text.module.css'
import { openFrom } from './open-from.ts'

type Props = {
  readonly label: string
  readonly icon: ReactNode
  readonly size?: 'compact-xs'
  readonly shortcut?: string
  readonly heading: string
  readonly says?: string
  readonly placeholder: string
  readonly send: string
  readonly needed: string
  readonly failure: string | null
  readonly busy: boolean
  readonly onSend: (text: string, close: () => void) => void
  /** What is chosen besides. */
  readonly children?: ReactNode
}

/** A button that asks for a few words before it acts. */
export function AskedText({
  label,
  icon,
  size,
  shortcut,
  heading,
  says,
  placeholder,
  send,
  needed,
  failure,
  busy,
  onSend,
  children,
}: Props) {
  const titleId = useId()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [empty, setEmpty] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  useShortcuts(
    shortcut === undefined
      ? []
      : [{ key: shortcut.startsWith('Shift+') ? shortcut.slice(6) : shortcut.toLowerCase(), run: () => openFrom(button, setOpen) }],
  )
  const submit = () => {
    if (text.trim() === '') setEmpty(true)
    else onSend(text.trim(), () => setOpen(false))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    submit()
  }
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="md" width={380} radius={12} trapFocus returnFocus>
      <Popover.Target>
        <Button
          ref={button}
          variant="default"
          leftSection={icon}
          onClick={() => setOpen(!open)}
          {...(shortcut !== undefined && { rightSection: <Keys keys={shortcut} />, 'aria-keyshortcuts': ariaKey(shortcut) })}
          {...(size !== undefined && { size })}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={14} maw="calc(100vw - 24px)" aria-labelledby={titleId} onKeyDown={onKeyDown}>
        <p className={classes.title} id={titleId}>
          {heading}
        </p>
        {says !== undefined && <p className={classes.says}>{says}</p>}
        <Textarea
          data-autofocus
          aria-label={heading}
          placeholder={placeholder}
          rows={3}
          maxLength={20_000}
          value={text}
          error={empty ? needed : (failure ?? undefined)}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setEmpty(false)
          }}
        />
        {children}
        <KeyButton mt={10} loading={busy} onClick={submit} keys="Ctrl+Enter">
          {send}
        </KeyButton>
      </Popover.Dropdown>
    </Popover>
  )
}
