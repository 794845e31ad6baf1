import { ActionIcon } from '@mantine/core'
import { IconRestore, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { oneKey, type ShortcutKey } from '../../server/contract/shortcut-keys.ts'
import { KeyCap } from '../ui/kbd.tsx'
import { written } from '../ui/shortcuts.ts'
import classes from './keys-page.module.css'

type Props = {
  readonly usual: ShortcutKey
  /** null: it has none. */
  readonly current: string | null
  readonly refused: string | null
  readonly onRefused: (why: string | null) => void
  readonly onChosen: (key: string | null) => void
}

/** One key: what it does, which it is; pressed, the next key typed takes its place. */
export function KeyRow({ usual, current, refused, onRefused, onChosen }: Props) {
  const { t } = useTranslation()
  const [listening, setListening] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const what = t(`ownKeys.does.${usual}`)
  const name = current === null ? t('ownKeys.none') : written(current)
  useEffect(() => {
    if (!listening) return
    // Before whatever else listens: the key typed here is no gesture.
    const listener = (event: KeyboardEvent) => {
      if (['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Dead'].includes(event.key)) return
      if (event.key === 'Tab') return setListening(false)
      event.preventDefault()
      event.stopImmediatePropagation()
      setListening(false)
      if (event.key === 'Escape') return
      if (!oneKey.test(event.key) || event.ctrlKey || event.metaKey) onRefused(t('ownKeys.unusable'))
      else onChosen(event.key)
    }
    document.addEventListener('keydown', listener, true)
    return () => document.removeEventListener('keydown', listener, true)
  }, [listening, onRefused, onChosen, t])
  return (
    <li className={classes.row} data-refused={refused !== null || undefined}>
      <span className={classes.what}>
        {what}
        {current !== usual && <small>{t('ownKeys.usual', { key: written(usual) })}</small>}
        {refused !== null && (
          <em id={`refused-${usual}`} role="alert">
            {refused}
          </em>
        )}
      </span>
      <span className={classes.tools}>
        {current !== usual && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={26}
            aria-label={t('ownKeys.restore', { key: written(usual), what })}
            onClick={() => onChosen(usual)}
          >
            <IconRestore size={16} stroke={1.7} />
          </ActionIcon>
        )}
        {current !== null && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={26}
            aria-label={t('ownKeys.off', { what })}
            onClick={() => {
              onChosen(null)
              button.current?.focus()
            }}
          >
            <IconX size={16} stroke={1.7} />
          </ActionIcon>
        )}
        <button
          ref={button}
          type="button"
          className={`${classes.key} g-focus`}
          data-listening={listening || undefined}
          aria-label={listening ? t('ownKeys.press') : t('ownKeys.pick', { what, key: name })}
          aria-describedby={refused === null ? undefined : `refused-${usual}`}
          title={listening ? t('ownKeys.pressHelp') : undefined}
          onClick={() => {
            onRefused(null)
            setListening(!listening)
          }}
          onBlur={() => setListening(false)}
        >
          {listening ? t('ownKeys.press') : current === null ? <span>{t('ownKeys.none')}</span> : <KeyCap keys={written(current)} />}
        </button>
      </span>
    </li>
  )
}
