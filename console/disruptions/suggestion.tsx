import { Button } from '@mantine/core'
import { IconBulb } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { DisruptionSuggestion } from '../../server/contract/disruptions.ts'
import { momentAfterWord, timeOf } from '../ui/format.ts'
import classes from './disruptions.module.css'

/** « Cela ressemble à une perturbation », with who says so. */
export function Suggestion({ one, onAnnounce }: { one: DisruptionSuggestion; onAnnounce: (() => void) | null }) {
  const { t, i18n } = useTranslation()
  const usual = new Intl.NumberFormat(i18n.language, { maximumSignificantDigits: 1 }).format(one.usual)
  return (
    <section className={classes.suggestion} aria-label={t('disruptions.band.looksLike')}>
      <IconBulb size={18} stroke={1.7} aria-hidden="true" />
      <div>
        <p>
          {t('disruptions.band.looksLike')} <strong>{[one.nature, one.place].filter(Boolean).join(', ')}</strong>.{' '}
          {t('disruptions.band.evidence', { count: one.people, when: momentAfterWord(one.since) })} (
          {t('disruptions.band.usual', { usual })}).
        </p>
        <ul className="g-num">
          {one.signs.map(({ kind, ref, title, at }) => (
            <li key={`${kind} ${ref}`}>
              {timeOf(at)}{' '}
              {kind === 'ticket' ? (
                <Link to="/console/tickets/$number" params={{ number: ref }}>
                  n°&nbsp;{ref} {title}
                </Link>
              ) : (
                title
              )}
            </li>
          ))}
        </ul>
      </div>
      {onAnnounce === null ? (
        <Button size="compact-sm" variant="default" renderRoot={(props) => <Link to="/console/perturbations" {...props} />}>
          {t('disruptions.band.announce')}
        </Button>
      ) : (
        <Button size="compact-sm" variant="default" onClick={onAnnounce}>
          {t('disruptions.band.announce')}
        </Button>
      )}
    </section>
  )
}
