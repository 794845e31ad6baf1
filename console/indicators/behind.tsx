import type { ComponentProps, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/error-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { count } from '../ui/format.ts'
import { SheetButtons } from '../ui/sheet-buttons.tsx'
import classes from './indicators.module.css'

type BehindProps = {
  readonly heading: string
  readonly size: number
  readonly error: Error | null
  /** How many there are and how many are shown; null until they are known. */
  readonly found: { readonly total: number; readonly shown: number } | null
  readonly empty: string
  readonly file: ComponentProps<typeof SheetButtons>['url']
  readonly onClose: () => void
  /** The table's head and body. */
  readonly children: ReactNode
}

/** What a figure was counted from, over the page. */
export function Behind({ heading, size, error, found, empty, file, onClose, children }: BehindProps) {
  const { t } = useTranslation()
  return (
    <Dialog heading={heading} size={size} onClose={onClose} aside={found !== null && found.total > 0 && <SheetButtons url={file} />}>
      {error !== null && <p role="alert">{errorText(error)}</p>}
      {found?.total === 0 && <p>{empty}</p>}
      {found !== null && found.total > 0 && (
        <table className={`${classes.table} g-num`}>
          <caption>{t('indicators.listMore', { shown: count(found.shown), total: count(found.total) })}</caption>
          {children}
        </table>
      )}
    </Dialog>
  )
}
