import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { clockOf, momentOf } from '../ui/format.ts'
import classes from './call-card.module.css'

/** Why the call came to this operator and not to another. */
export function WhyRung({ why }: Pick<CallView, 'why'>) {
  const { t } = useTranslation()
  if (why === null) return null
  const says = () => {
    switch (why.kind) {
      case 'longest-idle':
        return t('duty.why.longestIdle', { time: clockOf(why.idleSeconds), count: why.among })
      case 'last-spoke':
        return t('duty.why.lastSpoke', { time: momentOf(why.at) })
      case 'ring-all':
        return t('duty.why.ringAll', { count: why.among })
      case 'only-free':
        return t('duty.why.onlyFree')
      case 'nobody-else':
        return t('duty.why.nobodyElse')
      case 'speaks-english':
        return t('duty.why.speaksEnglish')
      case 'overflow':
        return t('duty.why.overflow')
    }
  }
  return <p className={classes.why}>{says()}</p>
}
