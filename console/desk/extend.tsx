import { Popover } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { extendCall } from '../api/commands.ts'
import { digitOf } from '../ui/digits.ts'
import { Keys } from '../ui/kbd.tsx'
import { ariaKey, useLayerKeys, useShortcuts } from '../ui/shortcuts.ts'
import classes from './extend.module.css'

const reasons = ['almost', 'diagnosis', 'struggling', 'other'] as const

/** Puts the conversation's limit off: one key opens the reasons, one digit chooses. */
export function Extend({ callId }: { callId: string }) {
  const { t } = useTranslation()
  const titleId = useId()
  const [open, setOpen] = useState(false)
  useShortcuts([{ key: 'e', run: () => setOpen(true) }])
  const choose = (reason: (typeof reasons)[number] | undefined) => {
    if (reason === undefined) return
    setOpen(false)
    extendCall(callId, t(`call.extendReasons.${reason}`))
  }
  useLayerKeys(open, (event) => choose(reasons[digitOf(event) - 1]))
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" width={252} radius={10} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.open} aria-keyshortcuts={ariaKey('E')} onClick={() => setOpen(!open)}>
          {t('call.extend')} <Keys keys="E" />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={4} aria-labelledby={titleId}>
        <p className={classes.title}>
          <span id={titleId}>{t('call.extendTitle')}</span> <small>{t('call.extendWhy')}</small>
        </p>
        {reasons.map((reason, i) => (
          <button key={reason} type="button" className={classes.reason} onClick={() => choose(reason)} aria-keyshortcuts={String(i + 1)}>
            {t(`call.extendReasons.${reason}`)}
            <Keys fixed keys={String(i + 1)} />
          </button>
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}
