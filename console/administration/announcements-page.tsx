import { TextInput } from '@mantine/core'
import { IconMicrophone, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnnouncementView } from '../../server/contract/announcements.ts'
import { announcementsQuery } from '../api/announcements.ts'
import { Empty } from '../ui/empty.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import { AnnouncementRow } from './announcement-row.tsx'
import { groupOf, groups, titleOf, whenOf } from './announcement-words.ts'
import classes from './announcements-page.module.css'

/** What callers hear: listened to, changed, put back. */
export default function AnnouncementsPage() {
  const { t } = useTranslation()
  const found = useQuery(announcementsQuery)
  const [search, setSearch] = useState('')
  const [open, setOpen] = useState<string | null>(null)
  const wanted = search.trim().toLowerCase()
  const said = (a: AnnouncementView) =>
    [titleOf(a.name, t), whenOf(a.name, t), a.fr.spoken, a.en.spoken].some((text) => text?.toLowerCase().includes(wanted) === true)
  const shown = (found.data?.announcements ?? []).filter((a) => wanted === '' || said(a))
  return (
    <>
      <p className={classes.intro}>{t('announcements.intro')}</p>
      {found.data?.voice === false && <p className={classes.warning}>{t('announcements.noVoice')}</p>}
      {found.data?.heard === false && <p className={classes.warning}>{t('announcements.notHeard')}</p>}
      {found.isError && <ReadFailure text={t('announcements.failed')} of={found} />}
      {found.data !== undefined && (
        <TextInput
          className={classes.search}
          aria-label={t('announcements.search')}
          placeholder={t('announcements.search')}
          leftSection={<IconSearch size={15} stroke={1.7} aria-hidden="true" />}
          data-page-search
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {found.data !== undefined && shown.length === 0 && (
        <Empty icon={<IconMicrophone size={24} stroke={1.6} />} heading={t('announcements.none')} text={t('announcements.noneText')} />
      )}
      {groups.map((group) => {
        const members = shown.filter((a) => groupOf(a.name) === group)
        if (members.length === 0) return null
        const rows = (
          <ul className={classes.list}>
            {members.map((a) => (
              <AnnouncementRow
                key={a.name}
                announcement={a}
                open={open === a.name}
                onToggle={() => setOpen(open === a.name ? null : a.name)}
              />
            ))}
          </ul>
        )
        if (group === 'message' || wanted !== '') return <section key={group}>{rows}</section>
        return (
          <details key={group} className={classes.group}>
            <summary>{t('announcements.groupOf', { group: t(`announcements.groups.${group}`), count: members.length })}</summary>
            {rows}
          </details>
        )
      })}
    </>
  )
}
