import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AnnouncementView } from '../../server/contract/announcements.ts'
import { soundUrl } from '../api/announcements.ts'
import { countdown } from '../ui/format.ts'
import { Pill } from '../ui/pill.tsx'
import classes from './announcement-row.module.css'
import { AnnouncementSide } from './announcement-side.tsx'
import { titleOf, whenOf } from './announcement-words.ts'
import { PlayButton } from './play-button.tsx'

const languages = ['fr', 'en'] as const

/** One announcement: what it is, when it is heard, and both languages' sounds; opened, all that can be done about it. */
export function AnnouncementRow({ announcement, open, onToggle }: { announcement: AnnouncementView; open: boolean; onToggle: () => void }) {
  const { t, i18n } = useTranslation()
  const { name } = announcement
  const title = titleOf(name, t)
  const shown = announcement[i18n.language === 'en' ? 'en' : 'fr']
  const own = languages.filter((language) => announcement[language].version.kind !== 'original')
  return (
    <li className={classes.row} data-open={open || undefined}>
      <div className={classes.head}>
        <div className={classes.words}>
          <h2>
            {title}
            {own.map((language) => (
              <Pill key={language} tone="accent">
                {t(`announcements.short.${language}`)} · {t(`announcements.kinds.${announcement[language].version.kind}`)}
              </Pill>
            ))}
          </h2>
          <p>{whenOf(name, t)}</p>
          {!open && shown.spoken !== null && <q lang={i18n.language}>{shown.spoken}</q>}
        </div>
        <div className={classes.side}>
          {languages.map((language) => {
            const { sound, seconds } = announcement[language]
            return sound === null ? null : (
              <PlayButton key={language} src={soundUrl(sound)} what={title} language={t(`announcements.languages.${language}`)}>
                {t(`announcements.short.${language}`)} {countdown(seconds)}
              </PlayButton>
            )
          })}
          <Button
            variant="default"
            size="compact-sm"
            aria-expanded={open}
            aria-label={`${t(open ? 'announcements.close' : 'announcements.edit')} : ${title}`}
            onClick={onToggle}
          >
            {t(open ? 'announcements.close' : 'announcements.edit')}
          </Button>
        </div>
      </div>
      {open && (
        <div className={classes.sides}>
          {languages.map((language) => (
            <AnnouncementSide key={language} name={name} title={title} language={language} side={announcement[language]} />
          ))}
        </div>
      )}
    </li>
  )
}
