import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconSearch, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Group } from '../../server/contract/groups.ts'
import { entityPath } from '../../server/contract/partition.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { groupsQuery } from '../api/groups.ts'
import { sessionQuery } from '../api/queries.ts'
import { settingsQuery } from '../api/settings.ts'
import { Empty } from '../ui/empty.tsx'
import { Keys } from '../ui/kbd.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import { Pill } from '../ui/pill.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import { GroupDetail } from './group-detail.tsx'
import { GroupForm } from './group-form.tsx'
import { KeptListsView } from './kept-lists.tsx'
import classes from './groups-page.module.css'
import { ariaKey } from '../ui/shortcuts.ts'

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const says = (group: Group, wanted: string) =>
  [group.name, group.purpose, ...group.members.map((member) => member.name)].some((text) => plain(text).includes(wanted))
const newGroup = 'nouveau'

/** Groups: who works for them, and what to collect before something is redirected to them. */
export function GroupsPage() {
  const { t } = useTranslation()
  const { id } = useParams({ strict: false })
  const navigate = useNavigate()
  const found = useQuery(groupsQuery)
  const session = useQuery(sessionQuery).data ?? null
  const managing = session !== null && mayCall(session, 'POST /api/groups')
  const keeping = session !== null && mayCall(session, 'GET /api/lists')
  const [search, setSearch] = useState('')
  const shown = (found.data ?? []).filter((group) => says(group, plain(search.trim())))
  const open = found.data?.find((group) => group.id === id)
  const creating = id === newGroup && managing
  usePageTitle(open?.name ?? t('groups.heading'))
  const show = (group: string | null) =>
    void (group === null ? navigate({ to: '/console/groupes' }) : navigate({ to: '/console/groupes/$id', params: { id: group } }))
  return (
    <Page
      wide
      heading={t('groups.heading')}
      aside={
        managing && (
          <Button
            variant="default"
            className={classes.create ?? ''}
            leftSection={<IconPlus size={16} stroke={1.7} aria-hidden="true" />}
            onClick={() => show(newGroup)}
          >
            {t('groups.create')}
          </Button>
        )
      }
    >
      <p className={classes.intro}>{t('groups.intro')}</p>
      <Branches groups={found.data ?? []} />
      {found.isError && <ReadFailure text={t('groups.failed')} of={found} />}
      {found.data?.length === 0 && !creating && (
        <Empty icon={<IconUsersGroup size={24} stroke={1.6} />} heading={t('groups.none')} text={t('groups.noneText')} />
      )}
      {found.data !== undefined && (found.data.length > 0 || creating) && (
        <div className={classes.frame} data-open={open !== undefined || creating || undefined}>
          <div className={classes.side}>
            <TextInput
              type="search"
              data-page-search
              aria-label={t('groups.search')}
              aria-keyshortcuts={ariaKey('/')}
              placeholder={t('groups.search')}
              leftSection={<IconSearch size={15} stroke={1.7} aria-hidden="true" />}
              rightSection={<Keys keys="/" />}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            {shown.length === 0 && <Empty heading={t('groups.noneFound')} text={t('groups.noneFoundText')} />}
            {shown.length > 0 && (
              <nav className={classes.list} aria-label={t('groups.list')}>
                {shown.map((group) => (
                  <GroupLink key={group.id} group={group} />
                ))}
              </nav>
            )}
          </div>
          <div className={classes.main}>
            {creating ? (
              <GroupForm group={null} onDone={show} />
            ) : open === undefined ? (
              <>
                {keeping && <KeptListsView groups={found.data} />}
                {!keeping && (
                  <Empty icon={<IconUsersGroup size={24} stroke={1.6} />} heading={t('groups.choose')} text={t('groups.chooseText')} />
                )}
              </>
            ) : (
              <GroupDetail key={open.id} group={open} managing={managing} />
            )}
          </div>
        </div>
      )}
    </Page>
  )
}

function GroupLink({ group }: { group: Group }) {
  const { t } = useTranslation()
  const working = group.members.filter((member) => member.part === 'member').length
  const reachesNobody = working === 0 && group.mail === null && group.retiredAt === null
  return (
    <Link to="/console/groupes/$id" params={{ id: group.id }} activeProps={{ 'aria-current': 'page' }}>
      <strong>{group.name}</strong>
      <span>
        {t(`groups.kinds.${group.kind}`)} · {t('groups.level', { level: group.level })} · {t('groups.members', { count: working })}
      </span>
      {reachesNobody && <Pill tone="bad">{t('groups.nobody')}</Pill>}
      {group.retiredAt !== null && <Pill>{t('groups.retired')}</Pill>}
    </Link>
  )
}

/** The entities that are delegated to a group whose list one keeps: what lies below them is one's own to say. */
function Branches({ groups }: { readonly groups: readonly Group[] }) {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data ?? null
  const entities = useQuery(settingsQuery).data?.entities.value.entities ?? []
  if (session === null || !mayCall(session, 'PUT /api/entities/:id')) return null
  const kept = new Set(groups.filter(({ mayEdit }) => mayEdit).map(({ id }) => id))
  const mine = entities.filter((one) => !one.retired && one.groups.some((id) => kept.has(id)))
  if (mine.length === 0) return null
  return (
    <nav className={classes.branches} aria-label={t('entities.mine')}>
      <strong>{t('entities.mine')}</strong>
      {mine.map(({ id }) => (
        <Link key={id} to="/console/entites/$id" params={{ id }}>
          {entityPath(entities, id)}
        </Link>
      ))}
    </nav>
  )
}
