import { type DefaultError, type QueryKey, useQuery, type UseQueryOptions } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Listening } from '../../server/contract/messages.ts'
import { momentOf } from './format.ts'
import classes from './message-player.module.css'

const mostShown = 5

/** Who had access to a voice, the latest first. */
export function Listenings<Key extends QueryKey>({ query }: { query: UseQueryOptions<Listening[], DefaultError, Listening[], Key> }) {
  const { t } = useTranslation()
  const listened = useQuery(query).data
  if (listened === undefined) return null
  if (listened.length === 0) return <p className={classes.note}>{t('voice.nobody')}</p>
  const told = listened.slice(0, mostShown).map(({ who, at, how }) => t(`voice.how.${how}`, { who, time: momentOf(at) }))
  const more = listened.length - told.length
  return (
    <p className={`${classes.note} g-num`}>
      {t('voice.listened', { list: told.join(' · ') })}
      {more > 0 && ` ${t('parked.more', { count: more })}`}
    </p>
  )
}
