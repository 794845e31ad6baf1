import { IconSchool } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { mayCall } from '../../server/contract/rights.ts'
import { sessionQuery } from '../api/queries.ts'
import { trainingQuery } from '../api/training.ts'
import { bound } from '../ui/bound.ts'
import classes from './duty-banner.module.css'

/** While a training day is played: where it stands, and what whoever is on the telephone says, for who has no sound. */
export function TrainingBanner() {
  const { t } = useTranslation()
  const me = useQuery(sessionQuery).data
  const trains = me?.demo === true && mayCall(me, 'GET /api/demo/training')
  const day = useQuery({ ...trainingQuery, enabled: trains }).data?.running
  if (day == null) return null
  const talking = day.calls.filter(({ state }) => state === 'talking')
  return (
    <div className={classes.banner} data-tone="calm" role="region" aria-label={t('training.heading')}>
      <IconSchool size={16} stroke={1.7} aria-hidden="true" />
      <span className={`${classes.says} g-num`}>
        <strong>{t('training.banner', { n: day.calls.length, total: day.total })}</strong>{' '}
        {talking.length === 0 && (day.allCame ? t('training.left', { unwritten: day.unwritten, toCallBack: day.toCallBack }) : '')}
        {talking.map(({ callId, who, says }) => (
          <span key={callId}>{t('training.saysIt', { who, says: bound(says ?? '') })} </span>
        ))}
      </span>
      <Link to="/console/entrainement" className={classes.link}>
        {t('training.see')}
      </Link>
    </div>
  )
}
