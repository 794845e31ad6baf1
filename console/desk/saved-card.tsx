import { Button } from '@mantine/core'
import { IconCircleCheck, IconPhone } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperatorView } from '../../server/contract/entities.ts'
import { changeState } from '../api/commands.ts'
import { announcePolitely } from '../ui/announcer.tsx'
import { Empty } from '../ui/empty.tsx'
import { KeyButton } from '../ui/key-button.tsx'

type Saved = { readonly number: number; readonly closed: boolean; readonly mailed: boolean }

/** After a save: the number to give, and the way back to the queue. */
export function SavedCard({ saved, me, onNew }: { saved: Saved; me: OperatorView | null; onNew: () => void }) {
  const { t } = useTranslation()
  const comesBack = me !== null && (me.state === 'wrap-up' || me.state === 'paused' || me.state === 'front-desk')
  const says = t(saved.closed ? 'form.savedClosed' : 'form.saved', { number: saved.number })
  // A live region that comes with its text is not read by every screen reader.
  useEffect(() => announcePolitely(says), [says])
  return (
    <div style={{ display: 'flex', flex: 1 }}>
      <Empty
        icon={<IconCircleCheck size={26} stroke={1.6} />}
        heading={says}
        text={t(saved.mailed ? 'form.savedText' : 'form.savedNoMail')}
      >
        {comesBack && (
          <KeyButton leftSection={<IconPhone size={16} stroke={1.7} />} keys="P" onClick={() => changeState({ state: 'ready' })}>
            {t('form.backToReady')}
          </KeyButton>
        )}
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/console/tickets/$number" params={{ number: String(saved.number) }} {...props} />}
        >
          {t('form.see')}
        </Button>
        <KeyButton variant="subtle" keys="N" onClick={onNew}>
          {t('form.newTicket')}
        </KeyButton>
      </Empty>
    </div>
  )
}
