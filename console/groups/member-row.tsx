import { Button, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Absence, GroupMember } from '../../server/contract/groups.ts'
import { told } from '../api/commands.ts'
import { accountsQuery, takeAbsenceBack, writeAbsence } from '../api/groups.ts'
import { Avatar } from '../ui/avatar.tsx'
import { dayOf, today } from '../ui/format.ts'
import { Pill } from '../ui/pill.tsx'
import classes from './member-row.module.css'

/** Somebody of a group, and when they are away. */
export function MemberRow({ member, mayWrite }: { member: GroupMember; mayWrite: boolean }) {
  const { t } = useTranslation()
  const [writing, setWriting] = useState(false)
  return (
    <li className={classes.row}>
      <Avatar name={member.name} size="sm" />
      <div className={classes.words}>
        <strong>{member.name}</strong> {member.part === 'referent' && <Pill tone="accent">{t('groups.parts.referent')}</Pill>}
        {member.absences.map((absence) => (
          <Away key={absence.id} absence={absence} name={member.name} mayWrite={mayWrite} />
        ))}
      </div>
      {mayWrite && (
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={writing}
          aria-label={t('groups.sayAwayOf', { name: member.name })}
          onClick={() => setWriting(!writing)}
        >
          {t('groups.sayAway')}
        </Button>
      )}
      {writing && <AbsenceForm member={member} onDone={() => setWriting(false)} />}
    </li>
  )
}

function Away({ absence, name, mayWrite }: { absence: Absence; name: string; mayWrite: boolean }) {
  const { t } = useTranslation()
  const days = { from: dayOf(absence.from), to: dayOf(absence.to) }
  return (
    <p className={classes.away}>
      {absence.standIn === null ? t('groups.away', days) : t('groups.awayFor', { ...days, name: absence.standIn.name })}
      {mayWrite && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-label={t('groups.awayBackOf', { name })}
          onClick={() => told(takeAbsenceBack(absence.id))}
        >
          {t('groups.awayBack')}
        </Button>
      )}
    </p>
  )
}

function AbsenceForm({ member, onDone }: { member: GroupMember; onDone: () => void }) {
  const { t } = useTranslation()
  const accounts = useQuery(accountsQuery).data ?? []
  const [from, setFrom] = useState(today())
  const [to, setTo] = useState(today())
  const [standInId, setStandIn] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    told(writeAbsence({ accountId: member.id, from, to, standInId }).then(onDone))
  }
  const others = accounts.filter((account) => account.id !== member.id && account.role !== 'user')
  return (
    <form className={classes.form} onSubmit={submit} aria-label={t('groups.sayAwayOf', { name: member.name })}>
      <TextInput
        type="date"
        label={t('groups.awayFrom')}
        value={from}
        required
        withAsterisk={false}
        onChange={({ currentTarget: { value } }) => {
          setFrom(value)
          if (to < value) setTo(value)
        }}
      />
      <TextInput
        type="date"
        label={t('groups.awayTo')}
        value={to}
        min={from}
        required
        withAsterisk={false}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <Select
        label={t('groups.standIn')}
        placeholder={t('groups.standInNone')}
        data={others.map((account) => ({ value: account.id, label: account.name }))}
        value={standInId}
        clearable
        searchable
        onChange={setStandIn}
      />
      <Button type="submit">{t('groups.awaySave')}</Button>
    </form>
  )
}
