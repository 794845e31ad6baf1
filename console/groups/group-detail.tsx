import { Button } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Group } from '../../server/contract/groups.ts'
import { groupHistoryQuery } from '../api/groups.ts'
import { fullMoment, momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { Pill } from '../ui/pill.tsx'
import { GroupForm } from './group-form.tsx'
import classes from './group-detail.module.css'
import { MemberRow } from './member-row.tsx'
import { MisroutedTickets } from './misrouted.tsx'

/** One group: what it is for, what to collect, who is there. */
export function GroupDetail({ group, managing }: { group: Group; managing: boolean }) {
  const { t } = useTranslation()
  const [editing, setEditing] = useState(false)
  if (editing) return <GroupForm group={group} membersOnly={!managing} onDone={() => setEditing(false)} />
  const reachesNobody = group.mail === null && group.members.every((member) => member.part === 'referent')
  return (
    <>
      <header className={classes.head}>
        <div>
          <h2>
            {group.name} <Pill>{t(`groups.kinds.${group.kind}`)}</Pill> <Pill>{t('groups.level', { level: group.level })}</Pill>
            {group.retiredAt !== null && <Pill tone="warn">{t('groups.retired')}</Pill>}
          </h2>
          <p>{group.purpose}</p>
        </div>
        {group.mayEdit && (
          <Button variant="default" leftSection={<IconPencil size={16} stroke={1.7} aria-hidden="true" />} onClick={() => setEditing(true)}>
            {t('groups.edit')}
          </Button>
        )}
      </header>
      {reachesNobody && group.retiredAt === null && <p className={classes.warning}>{t('groups.nobodyText')}</p>}
      <Panel heading={t('groups.protocol')}>
        <p className={classes.protocol} data-none={group.protocol === '' || undefined}>
          {group.protocol === '' ? t('groups.protocolNone') : group.protocol}
        </p>
      </Panel>
      <Panel heading={t('groups.facts')}>
        <Facts group={group} />
      </Panel>
      <Panel heading={t('groups.people')} figure={group.members.length}>
        {group.members.length === 0 && <p className={classes.protocol}>{t('groups.nobody')}</p>}
        <ul className={classes.members}>
          {group.members.map((member) => (
            <MemberRow key={member.id} member={member} mayWrite={group.mayEdit} />
          ))}
        </ul>
      </Panel>
      {group.mayEdit && <MisroutedTickets id={group.id} />}
      {group.mayEdit && <GroupHistory id={group.id} />}
    </>
  )
}

function Facts({ group }: { group: Group }) {
  const { t } = useTranslation()
  const referents = group.members.filter((member) => member.part === 'referent').map((member) => member.name)
  const master =
    group.directoryGroup !== null
      ? t('groups.masterDirectory', { group: group.directoryGroup })
      : referents.length > 0
        ? referents.join(', ')
        : t('groups.masterNamed')
  return (
    <dl className={classes.facts}>
      <dt>{t('groups.mail')}</dt>
      <dd>{group.mail === null ? t('groups.mailNone') : <a href={`mailto:${group.mail}`}>{group.mail}</a>}</dd>
      <dt>{t('groups.hours')}</dt>
      <dd>{group.hours ?? t('groups.hoursDesk')}</dd>
      <dt>{t('groups.delay')}</dt>
      <dd>{group.delayHours === null ? t('groups.delayNone') : t('groups.delayOf', { count: group.delayHours })}</dd>
      <dt>{t('groups.master')}</dt>
      <dd>{master}</dd>
    </dl>
  )
}

function GroupHistory({ id }: { id: string }) {
  const { t } = useTranslation()
  const versions = useQuery(groupHistoryQuery(id)).data ?? []
  if (versions.length === 0) return null
  return (
    <Panel heading={t('groups.history')}>
      <ul className={classes.history}>
        {versions.map(({ version, at, by, members }) => (
          <li key={version}>
            <strong>{by}</strong>
            <time dateTime={at} title={fullMoment(at)}>
              {momentOf(at)}
            </time>
            <span>{members.length === 0 ? t('groups.nobody') : members.map((member) => member.name).join(', ')}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
