import { Button, Popover } from '@mantine/core'
import { IconUserPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftObserver } from '../../server/contract/drafts.ts'
import type { CallView, Person } from '../../server/contract/entities.ts'
import { mostObservers } from '../../server/contract/observers.ts'
import { PersonFinder } from '../ui/person-finder.tsx'
import type { Draft } from './draft.ts'
import { withObservers } from './draft-edits.ts'
import classes from './in-copy.module.css'

type Props = { readonly draft: Draft; readonly call: CallView | null; readonly onChange: (draft: Draft) => void }

/** Who calls, where that is sure, and the ticket is somebody else's. */
function callsFor({ personId, name, observers }: Draft, call: CallView | null): Person | null {
  const [caller, another] = call?.people ?? []
  if (caller === undefined || another !== undefined || name.trim() === '') return null
  return caller.id === personId || caller.name === name.trim() || observers.some(({ id }) => id === caller.id) ? null : caller
}

/** Who will be in copy of the ticket being written. */
export function InCopy({ draft, call, onChange }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { observers } = draft
  const caller = observers.length < mostObservers ? callsFor(draft, call) : null
  const become = (next: readonly DraftObserver[]) => onChange(withObservers(draft, next, new Date().toISOString()))
  return (
    <div className={classes.copy} role="group" aria-label={t('work.observers.heading')}>
      {observers.length > 0 && (
        <>
          <span className={classes.label} aria-hidden="true">
            {t('work.observers.heading')}
          </span>
          <ul>
            {observers.map((one) => (
              <li key={`${one.kind} ${one.id}`}>
                {one.name}
                <button
                  type="button"
                  aria-label={t('work.observers.remove', { name: one.name })}
                  onClick={() => become(observers.filter((other) => other !== one))}
                >
                  <IconX size={13} stroke={1.9} aria-hidden="true" />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {caller !== null && (
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconUserPlus size={15} stroke={1.7} />}
          onClick={() => become([...observers, { kind: 'person', id: caller.id, name: caller.name }])}
        >
          {t('work.observers.caller', { name: caller.name })}
        </Button>
      )}
      {observers.length < mostObservers && (
        <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="md" width={380} radius={12} trapFocus returnFocus>
          <Popover.Target>
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              c="var(--g-ink-2)"
              leftSection={<IconUserPlus size={15} stroke={1.7} />}
              onClick={() => setOpen(!open)}
            >
              {t('work.observers.add')}
            </Button>
          </Popover.Target>
          <Popover.Dropdown p={14} maw="calc(100vw - 24px)" aria-label={t('work.observers.add')}>
            {open && (
              <div className={classes.finder}>
                <p>{t('work.observers.says')}</p>
                <PersonFinder
                  label={t('work.observers.who')}
                  without={[...observers.map(({ id }) => id), ...(draft.personId === null ? [] : [draft.personId])]}
                  onChoose={(who) => {
                    setOpen(false)
                    become([...observers, who])
                  }}
                />
              </div>
            )}
          </Popover.Dropdown>
        </Popover>
      )}
    </div>
  )
}
