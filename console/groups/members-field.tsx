import { ActionIcon, SegmentedControl, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { GroupPart } from '../../server/contract/groups.ts'
import { accountsQuery } from '../api/groups.ts'
import { Avatar } from '../ui/avatar.tsx'
import classes from './group-form.module.css'

export type Membership = { readonly id: string; readonly name: string; readonly part: GroupPart }

type Props = {
  readonly members: readonly Membership[]
  /** The directory says who works for the group: only those who keep its list are named here. */
  readonly fromDirectory: boolean
  readonly onChange: (members: Membership[]) => void
}

/** Who is on a group's list, and as what. */
export function MembersField({ members, fromDirectory, onChange }: Props) {
  const { t } = useTranslation()
  const accounts = useQuery(accountsQuery).data ?? []
  const shown = fromDirectory ? members.filter((member) => member.part === 'referent') : members
  const addable = accounts.filter((account) => account.role !== 'user' && members.every((member) => member.id !== account.id))
  const add = (id: string | null) => {
    const chosen = accounts.find((account) => account.id === id)
    if (chosen !== undefined) onChange([...members, { id: chosen.id, name: chosen.name, part: fromDirectory ? 'referent' : 'member' }])
  }
  return (
    <fieldset className={classes.members}>
      <legend>{t('groups.form.members')}</legend>
      {fromDirectory && <p className={classes.says}>{t('groups.form.membersDirectory')}</p>}
      <ul>
        {shown.map((member) => (
          <li key={member.id}>
            <Avatar name={member.name} size="sm" />
            <span>{member.name}</span>
            {!fromDirectory && (
              <SegmentedControl
                size="xs"
                aria-label={t('groups.partOf', { name: member.name })}
                value={member.part}
                onChange={(part) => onChange(members.map((one) => (one.id === member.id ? { ...one, part } : one)))}
                data={[
                  { value: 'member', label: t('groups.parts.member') },
                  { value: 'referent', label: t('groups.parts.referent') },
                ]}
              />
            )}
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('groups.form.remove', { name: member.name })}
              onClick={() => onChange(members.filter((one) => one.id !== member.id))}
            >
              <IconX size={15} stroke={1.8} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Select
        aria-label={t('groups.form.add')}
        placeholder={t('groups.form.add')}
        nothingFoundMessage={t('groups.form.addNone')}
        data={addable.map((account) => ({ value: account.id, label: account.name }))}
        value={null}
        searchable
        onChange={add}
      />
    </fieldset>
  )
}
