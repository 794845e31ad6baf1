import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../server/contract/http.ts'
import { Avatar } from '../ui/avatar.tsx'
import classes from './account-menu.module.css'

export function AccountButton({ session, className, ...rest }: { session: Session } & ComponentProps<'button'>) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      className={[classes.me, className].filter(Boolean).join(' ')}
      data-tour="account"
      aria-haspopup="dialog"
      aria-label={`${t('menu.label')} : ${session.name}`}
      {...rest}
    >
      <Avatar name={session.name} size="sm" />
    </button>
  )
}
