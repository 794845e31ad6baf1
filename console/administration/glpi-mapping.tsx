import { Button, Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowsShuffle } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { categoryName, offered } from '../../server/contract/category-tree.ts'
import { ticketStatus } from '../../server/contract/entities.ts'
import { glpiSettings, type GlpiPair, type GlpiSettings, type GlpiTrialled } from '../../server/contract/glpi.ts'
import { errorText } from '../api/error-text.ts'
import { previewGlpi } from '../api/glpi.ts'
import { groupsQuery } from '../api/groups.ts'
import { settingsQuery } from '../api/settings.ts'
import { folded } from '../ui/folded.ts'
import { Panel } from '../ui/panel.tsx'
import classes from './glpi-page.module.css'

type Named = { readonly id: string; readonly name: string }
type Found = Pick<GlpiTrialled, 'groups' | 'categories'>
type Props = {
  readonly value: GlpiSettings
  readonly found: Found | null
  readonly edit: (change: Partial<GlpiSettings>) => void
}

/** The last name of a path: « DSI > Réseau » is « Réseau » to people. */
const lastOf = (name: string) => name.split(/\s*[>›]\s*/).at(-1) ?? name
/** Those of one name, whole or last; nothing where two are alike. */
function alike(ours: readonly Named[], theirs: Found['groups'], pairs: readonly GlpiPair[]): readonly GlpiPair[] {
  const free = ours.filter(({ id }) => !pairs.some((pair) => pair.ours === id))
  return free.flatMap(({ id, name }) => {
    const whole = theirs.filter((one) => folded(one.name.replaceAll(' > ', ' › ')) === folded(name))
    const last = theirs.filter((one) => folded(lastOf(one.name)) === folded(lastOf(name)))
    const [match] = whole.length === 1 ? whole : last.length === 1 ? last : []
    return match === undefined ? [] : [{ ours: id, theirs: match.id }]
  })
}

/** What of ours stands for what of GLPI's. */
export function GlpiMapping({ value, found, asking, edit }: Props & { readonly asking: boolean }) {
  const { t } = useTranslation()
  const groups = (useQuery(groupsQuery).data ?? []).map(({ id, name }) => ({ id, name }))
  const all = useQuery(settingsQuery).data?.categories.value.categories ?? []
  const categories = offered(all)
    .filter(({ tree }) => tree !== 'place')
    .map(({ id }) => ({ id, name: categoryName(all, id) ?? id }))
  return (
    <Panel heading={t('glpi.mapping')}>
      <p className={classes.says}>{t('glpi.mappingSays')}</p>
      {found === null && <p className={classes.says}>{t(asking ? 'glpi.trying' : 'glpi.needTrial')}</p>}
      <div className={classes.pairs}>
        <Pairs
          heading="groups"
          ours={groups}
          theirs={found?.groups ?? []}
          pairs={value.groups}
          onChange={(pairs) => edit({ groups: pairs })}
        />
        <Pairs
          heading="categories"
          ours={categories}
          theirs={found?.categories ?? []}
          pairs={value.categories}
          onChange={(pairs) => edit({ categories: pairs })}
        />
        <h3>{t('glpi.statuses')}</h3>
        <ul>
          {ticketStatus.options.map((status) => (
            <li key={status}>
              <span>{t(`tickets.status.${status}`)}</span>
              <Select
                aria-label={t('glpi.theirsOf', { name: t(`tickets.status.${status}`) })}
                data={(['1', '2', '3', '4', '5', '6'] as const).map((one) => ({ value: one, label: t(`glpi.glpiStatus.${one}`) }))}
                value={String(value.statuses[status])}
                allowDeselect={false}
                onChange={(chosen) => chosen !== null && edit({ statuses: { ...value.statuses, [status]: Number(chosen) } })}
              />
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  )
}

function Pairs({
  heading,
  ours,
  theirs,
  pairs,
  onChange,
}: {
  readonly heading: 'groups' | 'categories'
  readonly ours: readonly Named[]
  readonly theirs: Found['groups']
  readonly pairs: readonly GlpiPair[]
  readonly onChange: (pairs: GlpiPair[]) => void
}) {
  const { t } = useTranslation()
  const names = theirs.map(({ id, name }) => ({ value: String(id), label: name }))
  const match = () => {
    const more = alike(ours, theirs, pairs)
    if (more.length > 0) onChange([...pairs, ...more])
    notifications.show({
      message: more.length === 0 ? t('glpi.byNameNone') : t('glpi.byNameDone', { count: more.length }),
      withBorder: true,
    })
  }
  return (
    <>
      <h3>
        <span>
          {t(`glpi.${heading}`)}{' '}
          <small className="g-num">
            {pairs.filter((pair) => ours.some(({ id }) => id === pair.ours)).length} / {ours.length}
          </small>
        </span>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconArrowsShuffle size={14} stroke={1.8} aria-hidden="true" />}
          disabled={theirs.length === 0}
          onClick={match}
        >
          {t('glpi.byName')}
        </Button>
      </h3>
      <ul>
        {ours.map(({ id, name }) => {
          const chosen = pairs.find((pair) => pair.ours === id)?.theirs
          const known = chosen === undefined || names.some(({ value }) => value === String(chosen))
          return (
            <li key={id}>
              <span>{name}</span>
              <Select
                aria-label={t('glpi.theirsOf', { name })}
                placeholder={t('glpi.none')}
                data={known ? names : [...names, { value: String(chosen), label: t('glpi.unknown', { id: chosen }) }]}
                value={chosen === undefined ? null : String(chosen)}
                clearable
                searchable
                limit={100}
                onChange={(theirsId) =>
                  onChange([
                    ...pairs.filter((pair) => pair.ours !== id),
                    ...(theirsId === null ? [] : [{ ours: id, theirs: Number(theirsId) }]),
                  ])
                }
              />
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** What GLPI would be given of a ticket, by what is chosen on the page. */
export function GlpiPreview({ value, found }: Pick<Props, 'value' | 'found'>) {
  const { t } = useTranslation()
  const [number, setNumber] = useState('')
  const preview = useMutation({ mutationFn: previewGlpi })
  const groups = useQuery(groupsQuery).data ?? []
  const categories = useQuery(settingsQuery).data?.categories.value.categories ?? []
  const usable = /^\d{1,9}$/.test(number.trim()) && glpiSettings.safeParse(value).success
  const shown = preview.data
  const named = (id: number, names: Found['groups']) => names.find((one) => one.id === id)?.name ?? t('glpi.unknown', { id })
  const matched = (pair: { ours: string | null; theirs: number | null }, name: string, names: Found['groups']) =>
    pair.ours === null ? t('glpi.none') : pair.theirs === null ? t('glpi.previewUnmapped', { name }) : named(pair.theirs, names)
  return (
    <Panel heading={t('glpi.preview')}>
      <p className={classes.says}>{t('glpi.previewSays')}</p>
      <form
        className={classes.preview}
        onSubmit={(event) => {
          event.preventDefault()
          if (usable) preview.mutate({ number: Number(number), settings: value })
        }}
      >
        <TextInput
          label={t('glpi.previewNumber')}
          inputMode="numeric"
          maxLength={9}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!usable} loading={preview.isPending}>
          {t('glpi.previewGo')}
        </Button>
        <span role="status">{preview.isError && errorText(preview.error)}</span>
      </form>
      {shown !== undefined && (
        <dl className={classes.shown}>
          <dt>GLPI</dt>
          <dd>{shown.glpiId === null ? t('glpi.previewNew') : t('glpi.previewThere', { id: shown.glpiId })}</dd>
          <dt>{t('glpi.previewTitle')}</dt>
          <dd>{shown.title}</dd>
          <dt>{t('glpi.fields.status')}</dt>
          <dd>
            {t(`tickets.status.${shown.from}`)} → {t(`glpi.glpiStatus.${String(shown.status) as '1'}`)}
          </dd>
          <dt>{t('glpi.fields.urgency')}</dt>
          <dd className="g-num">{shown.urgency} / 5</dd>
          <dt>{t('glpi.fields.category')}</dt>
          <dd>{matched(shown.category, categoryName(categories, shown.category.ours) ?? '', found?.categories ?? [])}</dd>
          <dt>{t('glpi.fields.group')}</dt>
          <dd>{matched(shown.group, groups.find(({ id }) => id === shown.group.ours)?.name ?? '', found?.groups ?? [])}</dd>
          <dt>{t('glpi.previewRequester')}</dt>
          <dd>
            {shown.requester.name}{' '}
            <small>
              {[shown.requester.login, shown.requester.email].some(Boolean) &&
                t('glpi.previewRequesterBy', { by: [shown.requester.login, shown.requester.email].filter(Boolean).join(', ') })}
            </small>
          </dd>
        </dl>
      )}
    </Panel>
  )
}
