import { IconAlertTriangle, IconUsersGroup } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RedirectionVerdict } from '../../server/contract/completion.ts'
import classes from './sorting-fields.module.css'

/** Who would receive a ticket, in a sentence; what nobody would hear of is an alarm. */
export function Receiver({ verdict }: { readonly verdict: RedirectionVerdict }) {
  const { t } = useTranslation()
  const { rule, desk, group } = verdict
  if (rule === null || desk)
    return (
      <p className={classes.receiver} role="status">
        {t(desk ? 'sorting.desk' : 'sorting.noRule')}
      </p>
    )
  const nobody = group === null || (group.people === 0 && group.mail === null)
  const Icon = nobody ? IconAlertTriangle : IconUsersGroup
  return (
    <p className={classes.receiver} data-nobody={nobody || undefined} role="status">
      <Icon size={15} stroke={1.7} aria-hidden="true" />
      {group === null ? (
        t('sorting.groupGone')
      ) : (
        <span>
          {t('sorting.goesTo')} <strong>{group.name}</strong>{' '}
          {nobody ? t('sorting.nobody') : t('sorting.reaches', { count: group.people, mail: group.mail ?? t('sorting.noMail') })}
        </span>
      )}
    </p>
  )
}
