import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpokenLanguage } from '../../server/contract/announcements.ts'
import { soundUrl, versionsQuery } from '../api/announcements.ts'
import { countdown, fullMoment, momentOf } from '../ui/format.ts'
import classes from './announcement-side.module.css'
import { PlayButton } from './play-button.tsx'

type VersionsProps = {
  readonly name: string
  readonly title: string
  readonly language: SpokenLanguage
  /** The number of the one in force. */
  readonly inForce: number
  readonly onGoBack: (version: number) => void
}

/** Every version, who made it and when; each heard and put in force again in one gesture. */
export function AnnouncementVersions({ name, title, language, inForce, onGoBack }: VersionsProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const versions = useQuery({ ...versionsQuery(name, language), enabled: open }).data ?? []
  const spoken = t(`announcements.languages.${language}`)
  return (
    <details className={classes.versions} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary aria-label={`${t('announcements.versions')} : ${title}, ${spoken}`}>{t('announcements.versions')}</summary>
      <ul>
        {versions.map(({ number, kind, at, by, sound, seconds, text }) => (
          <li key={number}>
            <div className={classes.version}>
              <strong className="g-num">{t('announcements.version', { n: number })}</strong>{' '}
              {t(kind === 'original' ? 'announcements.original' : `announcements.kinds.${kind}`)}
              {at !== null && by !== null && (
                <time dateTime={at} title={fullMoment(at)}>
                  {t('announcements.by', { who: by, time: momentOf(at) })}
                </time>
              )}
              {text !== null && <q lang={language}>{text}</q>}
            </div>
            {sound === null ? (
              <em>{t('announcements.lost')}</em>
            ) : (
              <PlayButton src={soundUrl(sound)} what={`${title}, ${t('announcements.listenVersion', { n: number })}`} language={spoken}>
                {countdown(seconds)}
              </PlayButton>
            )}
            {number === inForce ? (
              <em>{t('announcements.inForce')}</em>
            ) : (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={t('announcements.goBackTo', { n: number })}
                onClick={() => onGoBack(number)}
              >
                {t('announcements.goBack')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
