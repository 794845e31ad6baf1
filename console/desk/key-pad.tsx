import { Popover } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconDialpad } from '@tabler/icons-react'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sendKeys } from '../api/conversation.ts'
import { digitOf } from '../ui/digits.ts'
import { Keys } from '../ui/kbd.tsx'
import { ariaKey, useLayerKeys, useShortcuts } from '../ui/shortcuts.ts'
import classes from './transfer.module.css'

const pad = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const

/** The telephone's keys, for a machine at the other side; each is sent as it is pressed. */
export function KeyPad({ callId }: { callId: string }) {
  const { t } = useTranslation()
  const titleId = useId()
  const button = useRef<HTMLButtonElement>(null)
  const beside = useMediaQuery('(min-width: 821px)', true)
  const [open, setOpen] = useState(false)
  const [sent, setSent] = useState('')
  const show = (shown: boolean) => {
    // On a narrow screen it may have scrolled away.
    button.current?.scrollIntoView({ block: 'nearest' })
    setSent('')
    setOpen(shown)
  }
  useShortcuts([{ key: '#', run: () => show(true) }])
  const send = (key: string) => {
    setSent((before) => before + key)
    void sendKeys(callId, key)
  }
  useLayerKeys(open, (event) => {
    const digit = digitOf(event)
    const key = event.key === '#' || event.key === '*' ? event.key : Number.isInteger(digit) ? String(digit) : null
    // Enter and the space bar press the button in focus.
    if (key === null || event.key === ' ') return
    event.preventDefault()
    send(key)
  })
  return (
    <Popover
      opened={open}
      onChange={show}
      position={beside ? 'right-start' : 'bottom'}
      shadow="md"
      width={220}
      radius={12}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button ref={button} type="button" aria-keyshortcuts={ariaKey('#')} onClick={() => show(!open)}>
          <IconDialpad size={16} stroke={1.7} aria-hidden="true" />
          <span>
            {t('calling.keys')} <Keys keys="#" />
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown p={14} aria-labelledby={titleId}>
        <p className={classes.title} id={titleId}>
          {t('calling.keysTitle')}
        </p>
        <p className={classes.says}>{t('calling.keysSays')}</p>
        <p className={`${classes.sent} g-num`} aria-live="polite">
          {sent}
        </p>
        <div className={classes.pad}>
          {pad.map((key) => (
            <button key={key} type="button" onClick={() => send(key)}>
              {key}
            </button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
