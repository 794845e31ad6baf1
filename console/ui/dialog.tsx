import { CloseButton, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './dialog.module.css'
import { useFocusBack } from './focus-back.ts'

type Props = {
  readonly heading: string
  readonly size: number
  readonly onClose: () => void
  readonly children: ReactNode
  readonly aside?: ReactNode
}

/** A window over the page, named by its heading; Escape and the cross close it, and the keyboard is back where it was. */
export function Dialog({ heading, size, onClose, children, aside }: Props) {
  const { t } = useTranslation()
  useFocusBack()
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      centered
      radius={14}
      size={size}
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': heading } }}
    >
      <div className={classes.head}>
        <h2>{heading}</h2>
        {aside}
        <CloseButton aria-label={t('keys.close')} onClick={onClose} />
      </div>
      {children}
    </Modal>
  )
}
