import { IconRouteOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reachedGroups, unled } from '../../server/contract/unled.ts'
import { groupsQuery } from '../api/groups.ts'
import { settingsQuery } from '../api/settings.ts'
import { rememberSeen, seenBefore } from '../ui/seen.ts'
import classes from './duty-banner.module.css'

const stored = 'guichet.unled-seen'

/**
 * On whatever page, for those who can mend it: categories whose tickets go to nobody by themselves. « Vu » puts away what is shown, until
 * another one leads nowhere.
 */
export function UnledCategories() {
  const { t } = useTranslation()
  const [seen, setSeen] = useState(() => seenBefore(stored))
  const settings = useQuery(settingsQuery).data
  const groups = useQuery(groupsQuery).data
  const found =
    settings === undefined || groups === undefined
      ? []
      : unled(settings.categories.value.categories, settings.redirection.value.rules, reachedGroups(groups))
  const keys = found.map(({ categoryId, why }) => `${categoryId} ${why}`)
  const said = keys.every((key) => seen.includes(key)) ? '' : t('sorting.unled.alarm', { count: keys.length })
  if (said === '') return null
  return (
    <div className={classes.banner} role="region" aria-label={said}>
      <IconRouteOff size={16} stroke={1.7} aria-hidden="true" />
      <span className={`${classes.says} g-num`}>{said}</span>
      <Link to="/console/reglages/$page" params={{ page: 'redirection' }} className={classes.link}>
        {t('sorting.unled.see')}
      </Link>
      <button
        type="button"
        className={classes.putAway}
        onClick={() => {
          rememberSeen(stored, keys)
          setSeen(keys)
        }}
      >
        {t('clocks.seen')}
      </button>
    </div>
  )
}
