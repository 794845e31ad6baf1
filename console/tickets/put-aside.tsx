import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { IconClockPause } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WaitingFor, WaitingOrder } from '../../server/contract/ticket-states.ts'
import { putAside } from '../api/ticket-life.ts'
import { Dialog } from '../ui/dialog.tsx'
import { instantOf } from '../ui/format.ts'
import { KeyButton } from '../ui/key-button.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { Failure } from './failure.tsx'
import classes from './moves.module.css'
import { useCommand } from './use-command.ts'

const kinds = ['user', 'level3', 'date', 'instance'] as const
type Kind = (typeof kinds)[number]
type Typed = { readonly kind: Kind; readonly name: string; readonly reference: string; readonly at: string; readonly text: string }

/** What was typed as an order; null while something is missing. */
function orderOf({ kind, name, reference, at, text }: Typed): WaitingOrder | null {
  const what = ((): WaitingFor | null => {
    const when = instantOf(at)
    switch (kind) {
      case 'user':
        return { for: 'user', remindAt: when }
      case 'level3':
        return name.trim() === '' || reference.trim() === '' ? null : { for: 'level3', name, reference, dueAt: when }
      case 'date':
        return when === null ? null : { for: 'date', until: when }
      case 'instance':
        return name.trim() === '' ? null : { for: 'instance', name, dueAt: when }
      default:
        return kind satisfies never
    }
  })()
  return what === null ? null : { waiting: what, text }
}

/** Put a ticket aside until somebody answers or a date comes; its clock stands still meanwhile. */
export function PutAside({ number }: { number: number }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  useShortcuts([{ key: 'w', run: () => setOpen(true) }])
  return (
    <>
      <KeyButton variant="default" leftSection={<IconClockPause size={16} stroke={1.7} />} keys="W" onClick={() => setOpen(true)}>
        {t('life.wait')}
      </KeyButton>
      {open && <Waiting number={number} onClose={() => setOpen(false)} />}
    </>
  )
}

function Waiting({ number, onClose }: { number: number; onClose: () => void }) {
  const { t } = useTranslation()
  const { run, busy, failure } = useCommand()
  const [typed, setTyped] = useState<Typed>({ kind: 'user', name: '', reference: '', at: '', text: '' })
  const [tried, setTried] = useState(false)
  const order = orderOf(typed)
  const edit = (change: Partial<Typed>) => setTyped({ ...typed, ...change })
  const outside = typed.kind === 'level3' || typed.kind === 'instance'
  const needed = tried && order === null
  return (
    <Dialog heading={t('life.waitHeading')} size={520} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (order === null) setTried(true)
          else run(() => putAside(number, order), t('life.done.waiting'), onClose)
        }}
      >
        <SegmentedControl
          className={classes.kinds ?? ''}
          fullWidth
          aria-label={t('life.waitHeading')}
          value={typed.kind}
          onChange={(kind) => edit({ kind })}
          data={kinds.map((value) => ({ value, label: t(`life.waitFor.${value}`) }))}
        />
        <div className={classes.fields}>
          {outside && (
            <TextInput
              label={t(`life.waitName.${typed.kind === 'level3' ? 'level3' : 'instance'}`)}
              placeholder={t(`life.waitNameExample.${typed.kind === 'level3' ? 'level3' : 'instance'}`)}
              maxLength={100}
              value={typed.name}
              error={needed && typed.name.trim() === '' && t('ticket.needed')}
              onChange={(event) => edit({ name: event.currentTarget.value })}
            />
          )}
          {typed.kind === 'level3' && (
            <TextInput
              label={t('life.reference')}
              placeholder="INC-2026-0077"
              maxLength={100}
              value={typed.reference}
              error={needed && typed.reference.trim() === '' && t('ticket.needed')}
              onChange={(event) => edit({ reference: event.currentTarget.value })}
            />
          )}
          <TextInput
            type="datetime-local"
            label={t(typed.kind === 'date' ? 'life.until' : typed.kind === 'user' ? 'life.remindAt' : 'life.dueAt')}
            value={typed.at}
            error={needed && typed.kind === 'date' && t('life.dateNeeded')}
            onChange={(event) => edit({ at: event.currentTarget.value })}
          />
          <Textarea
            label={t('life.waitNote')}
            placeholder={t('life.waitNoteExample')}
            rows={2}
            maxLength={20_000}
            value={typed.text}
            onChange={(event) => edit({ text: event.currentTarget.value })}
          />
        </div>
        <Button type="submit" loading={busy}>
          {t('life.wait')}
        </Button>
        {failure !== null && <Failure text={failure} />}
      </form>
    </Dialog>
  )
}
