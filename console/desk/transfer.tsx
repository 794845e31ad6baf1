import { Popover } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconPhoneOutgoing } from '@tabler/icons-react'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { consult, transfer } from '../api/conversation.ts'
import type { Desk } from '../live/desk.ts'
import { flushDrafts } from './draft-sender.ts'
import { Finder } from '../ui/finder.tsx'
import { Keys } from '../ui/kbd.tsx'
import { KeyButton } from '../ui/key-button.tsx'
import { ariaKey, useShortcuts } from '../ui/shortcuts.ts'
import { useTargets, type Target } from './transfer-targets.tsx'
import classes from './transfer.module.css'

/** One panel to ask somebody first, or to hand the caller over at once. */
export function Transfer({ callId, desk }: { callId: string; desk: Desk }) {
  const { t } = useTranslation()
  const titleId = useId()
  const button = useRef<HTMLButtonElement>(null)
  const beside = useMediaQuery('(min-width: 821px)', true)
  const [open, setOpen] = useState(false)
  const show = () => {
    // On a narrow screen it may have scrolled away.
    button.current?.scrollIntoView({ block: 'nearest' })
    setOpen(true)
  }
  useShortcuts([{ key: 't', run: show }])
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position={beside ? 'right-start' : 'bottom'}
      shadow="md"
      width={360}
      radius={12}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button ref={button} type="button" aria-keyshortcuts={ariaKey('T')} onClick={() => setOpen(!open)}>
          <IconPhoneOutgoing size={16} stroke={1.7} aria-hidden="true" />
          <span>
            {t('calling.transfer')} <Keys keys="T" />
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown p={14} maw="calc(100vw - 24px)" aria-labelledby={titleId}>
        <p className={classes.title} id={titleId}>
          {t('calling.transferTitle')}
        </p>
        <p className={classes.says}>{t('calling.transferSays')}</p>
        {open && <Search callId={callId} desk={desk} onDone={() => setOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  )
}

function Search({ callId, desk, onDone }: { callId: string; desk: Desk; onDone: () => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const choose = ({ to }: Target, atOnce: boolean) => {
    onDone()
    void flushDrafts().then(() => (atOnce ? transfer(callId, to) : consult(callId, to)))
  }
  return (
    <Finder
      label={t('calling.transferLabel')}
      placeholder={t('calling.transferPlaceholder')}
      typed={typed}
      onType={setTyped}
      found={useTargets(desk, typed)}
      none={t('calling.transferNone')}
      onChoose={choose}
      renderActions={(selected) => (
        <div className={classes.actions}>
          <KeyButton
            disabled={selected.away === true}
            keys="Enter"
            onClick={() => choose(selected, false)}
            aria-label={`${t('calling.consultFirst')} : ${selected.who}`}
          >
            {t('calling.consultFirst')}
          </KeyButton>
          <KeyButton
            variant="default"
            disabled={selected.away === true}
            keys="Shift+Enter"
            onClick={() => choose(selected, true)}
            aria-label={`${t('calling.transferNow')} : ${selected.who}`}
          >
            {t('calling.transferNow')}
          </KeyButton>
        </div>
      )}
    />
  )
}
