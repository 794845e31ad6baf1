import { IconHeadset, IconUser } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { colleaguesQuery } from '../api/colleagues.ts'
import { useFoundPeople } from '../api/found-people.ts'
import { Finder, type Findable } from './finder.tsx'
import { folded } from './folded.ts'

/** Somebody who works here, or somebody of the directory. */
export type Named = { readonly kind: 'account' | 'person'; readonly id: string; readonly name: string }
type Found = Findable & { readonly who: Named }

const mostShown = 7

/** Colleagues first, then everybody else. @param without ids of those who are not to be offered */
export function PersonFinder({
  label,
  without,
  onChoose,
}: {
  readonly label: string
  readonly without: readonly string[]
  readonly onChoose: (who: Named) => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const colleagues = useQuery(colleaguesQuery).data ?? []
  const people = useFoundPeople(typed)
  const wanted = folded(typed.trim())
  const staff = colleagues.filter(({ name, login }) => folded(`${name} ${login}`).includes(wanted))
  const names = new Set(staff.map(({ name }) => name))
  const found: Found[] = [
    ...staff.map(
      ({ id, name, login }): Found => ({
        key: `account ${id}`,
        icon: <IconHeadset size={17} stroke={1.6} aria-hidden="true" />,
        label: name,
        detail: login,
        aside: t('work.observers.staff'),
        who: { kind: 'account', id, name },
      }),
    ),
    ...people
      .filter(({ name }) => !names.has(name))
      .map(
        ({ id, name, unit, email }): Found => ({
          key: `person ${id}`,
          icon: <IconUser size={17} stroke={1.6} aria-hidden="true" />,
          label: name,
          detail: [unit, email].filter(Boolean).join(' · '),
          who: { kind: 'person', id, name },
        }),
      ),
  ].filter(({ who }) => !without.includes(who.id))
  return (
    <Finder
      label={label}
      placeholder={t('work.observers.example')}
      typed={typed}
      onType={setTyped}
      found={found.slice(0, mostShown)}
      none={t('work.observers.nobody')}
      onChoose={({ who }) => {
        setTyped('')
        onChoose(who)
      }}
    />
  )
}
