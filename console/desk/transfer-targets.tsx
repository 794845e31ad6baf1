import { IconAddressBook, IconPhone, IconUser, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { OperatorView } from '../../server/contract/entities.ts'
import type { TransferTo } from '../../server/contract/http.ts'
import { useDialable, useTypedNumber } from '../api/dialable.ts'
import { busyElsewhere, exchangeCallsQuery } from '../api/exchanges.ts'
import { groupsQuery } from '../api/groups.ts'
import { settingsQuery } from '../api/settings.ts'
import type { Findable } from '../ui/finder.tsx'
import { StateDot } from '../ui/state-dot.tsx'
import type { Desk } from '../live/desk.ts'

export type Target = Findable & { readonly to: TransferTo; readonly who: string }

const folded = (s: string) => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
/** Whose phone may be rung for a transfer or a question. */
const mayRing = ({ state }: OperatorView) => state === 'ready' || state === 'wrap-up' || state === 'paused' || state === 'front-desk'
const numberTo = (number: string, name: string): TransferTo => ({ kind: 'number', number, name })

/** Whom these words may mean: colleagues on duty, those who can answer first; groups; the site's own destinations; people, or the number typed. */
export function useTargets(desk: Desk, typed: string): readonly Target[] {
  const { t } = useTranslation()
  const matches = (name: string) => folded(name).includes(folded(typed.trim()))
  const outside = useQuery(settingsQuery).data?.outgoing.value.targets ?? []
  const groups = useQuery(groupsQuery).data ?? []
  const elsewhere = useQuery(exchangeCallsQuery).data?.busy
  /** What else stands beside a name, and that they are on the telephone at an exchange of their own. */
  const told = (detail: string, ...known: (string | null)[]) =>
    [detail, busyElsewhere(elsewhere, known) ? t('exchanges.busy') : ''].filter(Boolean).join(' · ')
  const dialable = useDialable(typed)
  const typedNumber = useTypedNumber()
  const colleagues = desk.operators
    .filter((o) => o.id !== desk.me && o.state !== 'offline' && matches(o.name))
    .toSorted((a, b) => Number(mayRing(b)) - Number(mayRing(a)))
    .map(
      (o): Target => ({
        key: o.id,
        who: o.name,
        to: { kind: 'operator', operatorId: o.id },
        icon: <StateDot state={o.state} />,
        label: o.name,
        detail: told(t(`state.${o.state}`), o.name, o.extension),
        away: !mayRing(o),
      }),
    )
  const destinations = outside
    .filter(({ name }) => matches(name))
    .map(
      ({ name, number }): Target => ({
        key: `target ${name} ${number}`,
        who: name,
        to: numberTo(number, name),
        icon: <IconAddressBook size={16} stroke={1.6} aria-hidden="true" />,
        label: name,
        detail: told('', name, number),
        aside: typedNumber(number)?.shown ?? number,
      }),
    )
  const asked = groups
    .filter(({ name, retiredAt, members }) => retiredAt === null && members.some(({ part }) => part === 'member') && matches(name))
    .map(
      ({ id, name, members }): Target => ({
        key: `group ${id}`,
        who: name,
        to: { kind: 'group', groupId: id },
        icon: <IconUsersGroup size={16} stroke={1.6} aria-hidden="true" />,
        label: name,
        detail: t('calling.groupRings', { count: members.filter(({ part }) => part === 'member').length }),
      }),
    )
  const others = dialable.map(
    ({ number, shown, name, detail }): Target => ({
      key: `number ${number} ${name}`,
      who: name === '' ? shown : name,
      to: numberTo(number, name === '' ? shown : name),
      icon: name === '' ? <IconPhone size={16} stroke={1.6} aria-hidden="true" /> : <IconUser size={16} stroke={1.6} aria-hidden="true" />,
      label: name === '' ? shown : name,
      detail: told(name === '' ? t('calling.typed') : detail, name, number, shown),
      ...(name !== '' && { aside: shown }),
    }),
  )
  return [...colleagues, ...asked, ...destinations, ...others]
}
