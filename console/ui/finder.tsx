import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import classes from './finder.module.css'

export type Findable = {
  readonly key: string
  readonly icon: ReactNode
  readonly label: string
  readonly detail: string
  /** Shown at the end of the line. */
  readonly aside?: string
  /** Shown, but cannot be chosen now. */
  readonly away?: boolean
}

type FinderProps<T extends Findable> = {
  readonly label: string
  readonly placeholder: string
  readonly typed: string
  readonly onType: (typed: string) => void
  readonly found: readonly T[]
  /** What to say while nothing is found. */
  readonly none: string
  /** @param held whether Shift was held */
  readonly onChoose: (chosen: T, held: boolean) => void
  /** What can be done with the one that is selected; a click then selects, and does not choose. */
  readonly renderActions?: (selected: T) => ReactNode
}

/** A field and what it finds, always in view: arrows walk, Enter chooses. */
export function Finder<T extends Findable>({ label, placeholder, typed, onType, found, none, onChoose, renderActions }: FinderProps<T>) {
  const id = useId()
  const [walked, setWalked] = useState(0)
  const at = Math.min(walked, found.length - 1)
  const selected = found[at]
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setWalked(Math.min(at + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setWalked(Math.max(at - 1, 0))
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing && selected !== undefined) {
      if (selected.away !== true) onChoose(selected, event.shiftKey)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <>
      <TextInput
        data-autofocus
        label={label}
        placeholder={placeholder}
        value={typed}
        maxLength={100}
        leftSection={<IconSearch size={16} stroke={1.6} aria-hidden="true" />}
        onChange={(event) => {
          setWalked(0)
          onType(event.currentTarget.value)
        }}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(found.length > 0 && { 'aria-activedescendant': `${id}-${at}` })}
        autoComplete="off"
      />
      {found.length === 0 ? (
        <p className={classes.none} role="status">
          {none}
        </p>
      ) : (
        <div id={`${id}-list`} role="listbox" aria-label={label} className={classes.list}>
          {found.map((one, i) => (
            <Option
              key={one.key}
              id={`${id}-${i}`}
              one={one}
              selected={i === at}
              onClick={() => (renderActions === undefined ? onChoose(one, false) : setWalked(i))}
            />
          ))}
        </div>
      )}
      {selected !== undefined && renderActions?.(selected)}
    </>
  )
}

type OptionProps = { readonly id: string; readonly one: Findable; readonly selected: boolean; readonly onClick: () => void }

function Option({ id, one, selected, onClick }: OptionProps) {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const [own, list] = [row.current, row.current?.parentElement]
    if (!selected || own === null || list == null) return
    // Its list follows, and the page stays where it is.
    const [place, frame] = [own.getBoundingClientRect(), list.getBoundingClientRect()]
    list.scrollTop += Math.min(0, place.top - frame.top) + Math.max(0, place.bottom - frame.bottom)
  }, [selected])
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field above keeps the focus, and its keys choose
    <div
      ref={row}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-disabled={one.away === true}
      className={classes.option}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
    >
      {one.icon}
      <span className={classes.what}>
        {one.label}
        {one.detail !== '' && <small>{one.detail}</small>}
      </span>
      {one.aside !== undefined && <span className={`${classes.aside} g-num`}>{one.aside}</span>}
    </div>
  )
}
