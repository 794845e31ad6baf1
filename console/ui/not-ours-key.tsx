import { IconArrowForwardUp } from '@tabler/icons-react'
import { type ComponentProps, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutOfScope } from '../../server/contract/out-of-scope.ts'
import { KeyButton } from './key-button.tsx'
import { NotOurs } from './not-ours.tsx'
import { useShortcuts } from './shortcuts.ts'

type Props = Omit<ComponentProps<typeof NotOurs>, 'mayTransfer' | 'onClose' | 'onRefused'> & {
  readonly onRefused: (answer: string, outOfScope: OutOfScope, close: () => void) => void
}

/** « Pas de notre ressort », by a key, where nobody is on the telephone: what is answered is written down, or written to whoever asked. */
export function NotOursKey({ onRefused, ...said }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  useShortcuts([{ key: 'o', run: () => setOpen(true) }])
  return (
    <>
      <KeyButton variant="default" leftSection={<IconArrowForwardUp size={16} stroke={1.7} />} keys="O" onClick={() => setOpen(true)}>
        {t('ending.refuse')}
      </KeyButton>
      {open && (
        <NotOurs
          {...said}
          mayTransfer={false}
          onClose={close}
          onRefused={(reason, target, _transferred, answer) => onRefused(answer, { reason, target }, close)}
        />
      )}
    </>
  )
}
