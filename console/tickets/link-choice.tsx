import { Button, Checkbox, NativeSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconTicket } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { linkKind, type LinkKind } from '../../server/contract/ticket-states.ts'
import { ticketsQuery } from '../api/queries.ts'
import { Finder, type Findable } from '../ui/finder.tsx'
import side from './side-list.module.css'

export type LinkChosen = {
  readonly kind: LinkKind
  readonly ticket: number
  readonly merge: boolean
  readonly shares: 'messages' | 'nothing'
}
type Found = Findable & { readonly number: number }
const kinds = linkKind.options
const mostShown = 6

type Props = {
  readonly first: LinkKind
  /** Those that are to be bound. */
  readonly without: readonly number[]
  readonly failure: string | null
  readonly onChoose: (chosen: LinkChosen) => void
}

/** How one ticket, or several, are bound to another, which is found by its number or its words; and what they share. */
export function LinkChoice({ first, without, failure, onChoose }: Props) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<LinkKind>(first)
  const [typed, setTyped] = useState('')
  const [merge, setMerge] = useState(false)
  const [shares, setShares] = useState(false)
  const [search] = useDebouncedValue(typed.trim(), 200)
  const listed = useQuery({ ...ticketsQuery({ search, limit: mostShown + 1 }), enabled: search !== '' })
  const found = (search === '' || listed.isPlaceholderData ? [] : (listed.data?.tickets ?? []))
    .filter(({ number }) => !without.includes(number))
    // Whoever types a number means that one.
    .toSorted((a, b) => Number(String(b.number) === search) - Number(String(a.number) === search))
    .slice(0, mostShown)
    .map(
      ({ number, title, requester, status }): Found => ({
        key: String(number),
        number,
        icon: <IconTicket size={17} stroke={1.6} aria-hidden="true" />,
        label: title,
        detail: [requester.name, t(`tickets.status.${status}`)].filter(Boolean).join(' · '),
        aside: `n°\u00a0${number}`,
      }),
    )
  const merges = merge && kind === 'duplicate-of'
  const choose = ({ number }: Found) =>
    onChoose({ kind, ticket: number, merge: merges, shares: shares && kind !== 'child-of' ? 'messages' : 'nothing' })
  return (
    <div className={side.form}>
      <NativeSelect
        label={t('links.kind')}
        value={kind}
        data={kinds.map((value) => ({ value, label: t(`links.kinds.${value}`) }))}
        onChange={(event) => setKind(kinds.find((one) => one === event.currentTarget.value) ?? first)}
      />
      <Finder
        label={t('links.number')}
        placeholder={t('links.numberExample')}
        typed={typed}
        onType={setTyped}
        found={found}
        none={t(search === '' ? 'links.findIt' : listed.isFetching ? 'links.finding' : 'links.noneFound')}
        onChoose={choose}
        renderActions={(selected) => (
          <div className={side.form}>
            {kind === 'duplicate-of' && (
              <Checkbox
                label={t('links.merge')}
                description={t('links.mergeSays')}
                checked={merge}
                onChange={(event) => {
                  setMerge(event.currentTarget.checked)
                  setShares(event.currentTarget.checked)
                }}
              />
            )}
            {kind !== 'child-of' && (
              <Checkbox
                label={t('links.shares')}
                description={t('links.sharesSays')}
                checked={shares}
                onChange={(event) => setShares(event.currentTarget.checked)}
              />
            )}
            <Button onClick={() => choose(selected)}>{t(merges ? 'links.mergeInto' : 'links.saveTo', { number: selected.number })}</Button>
          </div>
        )}
      />
      {failure !== null && (
        <p role="alert" className={side.failure}>
          {failure}
        </p>
      )}
    </div>
  )
}
