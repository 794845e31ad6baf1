import { Popover } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../server/contract/http.ts'
import type { Wanted } from '../ui/later.tsx'
import { AccountButton } from './account-button.tsx'
import AccountPanel from './account-panel.tsx'

type Props = Wanted & { session: Session; onOpen: (layer: 'help' | 'phone' | 'account') => void }

/** Who I am, how the console looks and speaks, and the way out. */
export function AccountMenu({ session, onOpen, openAtOnce = false }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(openAtOnce)
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
        <AccountButton session={session} onClick={() => setOpen(!open)} />
      </Popover.Target>
      <Popover.Dropdown p={4} aria-label={t('menu.label')}>
        <AccountPanel
          session={session}
          onDone={() => setOpen(false)}
          onOpen={(layer) => {
            setOpen(false)
            onOpen(layer)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
