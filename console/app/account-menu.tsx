import { Popover, Skeleton } from '@mantine/core'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../server/contract/http.ts'
import { Avatar } from '../ui/avatar.tsx'
import classes from './account-menu.module.css'

const loadPanel = () => import('./account-panel.tsx')
const AccountPanel = lazy(loadPanel)

/** Who I am, how the console looks and speaks, and the way out. */
export function AccountMenu({ session, onOpen }: { session: Session; onOpen: (layer: 'help' | 'phone' | 'account') => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  useEffect(() => void loadPanel().catch(() => null), [])
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      shadow="md"
      width={280}
      radius={10}
      trapFocus
      returnFocus
      withinPortal={false}
    >
      <Popover.Target>
        <button type="button" className={classes.me} onClick={() => setOpen(!open)} aria-label={`${t('menu.label')} : ${session.name}`}>
          <Avatar name={session.name} size="sm" />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={4} aria-label={t('menu.label')}>
        <Suspense fallback={<Skeleton height={244} radius={8} />}>
          <AccountPanel
            session={session}
            onDone={() => setOpen(false)}
            onOpen={(layer) => {
              setOpen(false)
              onOpen(layer)
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
