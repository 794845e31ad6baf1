import { CloseButton, Modal } from '@mantine/core'
import { IconPhone, IconUser } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { placeCall } from '../api/calling.ts'
import { useDialable } from '../api/dialable.ts'
import { Finder } from '../ui/finder.tsx'
import { useFocusBack } from '../ui/focus-back.ts'
import classes from './dial-dialog.module.css'

/** Call a number, or somebody of the directory. */
export default function DialDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  useFocusBack()
  const found = useDialable(typed).map((one) => ({
    ...one,
    key: `${one.number} ${one.name}`,
    icon:
      one.name === '' ? <IconPhone size={18} stroke={1.6} aria-hidden="true" /> : <IconUser size={18} stroke={1.6} aria-hidden="true" />,
    label: one.name === '' ? t('calling.callNumber', { number: one.shown }) : one.name,
    ...(one.name !== '' && { aside: one.shown }),
  }))
  const call = (number: string) => {
    onClose()
    void placeCall(number)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      radius={14}
      size={460}
      yOffset="12vh"
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': t('calling.dial') } }}
    >
      <div className={classes.head}>
        <h2>{t('calling.dial')}</h2>
        <CloseButton aria-label={t('calling.close')} onClick={onClose} />
      </div>
      <p className={classes.says}>{t('calling.dialSays')}</p>
      <Finder
        label={t('calling.dialLabel')}
        placeholder={t('calling.dialPlaceholder')}
        typed={typed}
        onType={setTyped}
        found={found}
        none={t(typed.trim().length < 2 ? 'calling.dialNone' : 'calling.dialNotFound')}
        onChoose={({ number }) => call(number)}
      />
    </Modal>
  )
}
