import { Button, Popover } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import { digitOf } from './digits.ts'
import classes from './choice.module.css'
import { Keys } from './kbd.tsx'
import { ariaKey, useLayerKeys } from './shortcuts.ts'

export type Chosen = { readonly key: string; readonly text: string; readonly aside?: string }

type Props = {
  readonly opened: boolean
  readonly onOpened: (opened: boolean) => void
  /** What the button says, its icon, and the single key that opens the list; the caller gives that key its effect. */
  readonly label: string
  readonly icon: ReactNode
  readonly shortcut: string | null
  readonly heading: string
  readonly choices: readonly Chosen[]
  /** Said when there is nothing to choose from. */
  readonly none: string
  readonly onChosen: (choice: Chosen) => void
}

/** A button that opens a short list; a digit or Enter chooses. */
export function Choice({ opened, onOpened, label, icon, shortcut, heading, choices, none, onChosen }: Props) {
  const titleId = useId()
  const choose = (choice: Chosen | undefined) => {
    if (choice === undefined) return
    onOpened(false)
    onChosen(choice)
  }
  useLayerKeys(opened, (event) => choose(choices[digitOf(event) - 1]))
  return (
    <Popover opened={opened} onChange={onOpened} position="top-start" shadow="md" width={320} radius={10} trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={icon}
          onClick={() => onOpened(!opened)}
          {...(shortcut !== null && { rightSection: <Keys keys={shortcut} />, 'aria-keyshortcuts': ariaKey(shortcut) })}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={4} aria-labelledby={titleId}>
        <p className={classes.title} id={titleId}>
          {heading}
        </p>
        {choices.length === 0 && <p className={classes.none}>{none}</p>}
        {choices.map((choice, i) => (
          <button key={choice.key} type="button" className={classes.choice} onClick={() => choose(choice)}>
            <span>
              {choice.text}
              {choice.aside !== undefined && <small className="g-num">{choice.aside}</small>}
            </span>
            {i < 9 && <Keys fixed keys={String(i + 1)} />}
          </button>
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}
