import '@mantine/core/styles/Radio.css'
import { Button, MultiSelect, Radio, Select, TextInput } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiKey, KeyCreation, KeyGiven } from '../../server/contract/keys.ts'
import { keyRoutes, mayCall, type Route } from '../../server/contract/rights.ts'
import { told } from '../api/commands.ts'
import { errorText } from '../api/error-text.ts'
import { createKey, keysQuery, revokeKey } from '../api/keys.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Empty } from '../ui/empty.tsx'
import { dateOf, dayOf, fullMoment, momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { Pill } from '../ui/pill.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import classes from './keys-page.module.css'
import gestures from '../ui/form-actions.module.css'

/** Programs that call the interface in their own name. */
export default function KeysPage() {
  const { t } = useTranslation()
  const keys = useQuery(keysQuery)
  const [making, setMaking] = useState(false)
  const [given, setGiven] = useState<KeyGiven | null>(null)
  const [readAt] = useState(Date.now)
  const serves = (key: ApiKey) => key.revokedAt === null && Date.parse(key.expiresAt) > readAt
  const all = keys.data ?? []
  return (
    <>
      <div className={classes.head}>
        <p>
          {t('access.keys.says')} <a href="/api/docs">{t('access.keys.docs')}</a>
        </p>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} stroke={1.7} aria-hidden="true" />}
          onClick={() => {
            setGiven(null)
            setMaking(true)
          }}
        >
          {t('access.keys.create')}
        </Button>
      </div>
      {keys.isError && <ReadFailure text={t('access.keys.failed')} of={keys} />}
      {given !== null && <Given given={given} />}
      {making && (
        <Panel heading={t('access.keys.create')}>
          <KeyForm
            onDone={(made) => {
              setMaking(false)
              setGiven(made)
            }}
          />
        </Panel>
      )}
      {keys.data !== undefined && all.length === 0 && !making && (
        <Panel label={t('access.keys.none')}>
          <Empty icon={<IconKey size={24} stroke={1.6} />} heading={t('access.keys.none')} text={t('access.keys.noneText')} />
        </Panel>
      )}
      {all.length > 0 && (
        <ul className={classes.list}>
          {[...all.filter(serves), ...all.filter((one) => !serves(one))].map((key) => (
            <Row key={key.id} shown={key} serves={serves(key)} />
          ))}
        </ul>
      )}
    </>
  )
}

function Row({ shown: key, serves }: { shown: ApiKey; serves: boolean }) {
  const { t } = useTranslation()
  const scope = key.routes === null ? t('access.keys.reads') : t('access.keys.routesCount', { count: key.routes.length })
  const used =
    key.lastUsedAt === null
      ? t('access.keys.neverUsed')
      : t('access.keys.used', { when: momentOf(key.lastUsedAt), address: key.lastAddress ?? '' })
  return (
    <li className={classes.row} data-over={!serves || undefined}>
      <div className={classes.words}>
        <strong>{key.name}</strong> <code>{key.hint}…</code>
        <span title={key.routes?.join('\n')}>
          {t(`role.${key.role}`)} · {scope} · {used}
        </span>
        <small title={fullMoment(key.createdAt)}>
          {t('access.keys.made', { who: key.createdBy, when: momentOf(key.createdAt) })} ·{' '}
          {key.revokedAt === null
            ? t('access.keys.until', { date: dayOf(dateOf(key.expiresAt)) })
            : t('access.keys.revokedBy', { who: key.revokedBy ?? '', when: momentOf(key.revokedAt) })}
        </small>
      </div>
      {key.revokedAt !== null && <Pill>{t('access.keys.revoked')}</Pill>}
      {key.revokedAt === null && !serves && <Pill tone="warn">{t('access.keys.expired')}</Pill>}
      {serves && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('access.keys.revokeOf', { name: key.name })}
          onClick={() => told(revokeKey(key.id))}
        >
          {t('access.keys.revoke')}
        </Button>
      )}
    </li>
  )
}

function Given({ given: { key, view } }: { given: KeyGiven }) {
  const { t } = useTranslation()
  const route = view.routes?.find((one) => one.startsWith('GET ')) ?? 'GET /api/tickets'
  const example = `curl -H "Authorization: Bearer ${key}" "${window.location.origin}${route.slice(4)}"`
  return (
    <div className={classes.given} role="status">
      <strong>{t('access.keys.given', { name: view.name })}</strong>
      <p>{t('access.keys.givenSays')}</p>
      <code>{key}</code> <CopyButton value={key} label={t('access.keys.copy')} />
      <pre>{example}</pre>
    </div>
  )
}

const lasting = [
  [30, 'month'],
  [90, 'quarter'],
  [365, 'year'],
  [731, 'years'],
] as const
type Draft = Omit<KeyCreation, 'routes'> & { readonly reads: boolean; readonly routes: string[] }

function KeyForm({ onDone }: { onDone: (given: KeyGiven | null) => void }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Draft>({ name: '', role: 'supervisor', reads: true, routes: [], expiresInDays: 365 })
  const edit = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const open = keyRoutes.filter((route: Route) => mayCall({ role: draft.role, demo: false }, route))
  const make = useMutation({
    mutationFn: ({ reads, routes, ...rest }: Draft) => createKey({ ...rest, name: rest.name.trim(), routes: reads ? null : routes }),
    onSuccess: onDone,
  })
  const whole = draft.name.trim() !== '' && (draft.reads || draft.routes.length > 0)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (whole) make.mutate(draft)
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        label={t('access.keys.name')}
        description={t('access.keys.nameSays')}
        value={draft.name}
        maxLength={60}
        onChange={(event) => edit({ name: event.currentTarget.value })}
      />
      <Select
        label={t('access.keys.role')}
        description={t('access.keys.roleSays')}
        data={(['operator', 'supervisor'] as const).map((value) => ({ value, label: t(`role.${value}`) }))}
        value={draft.role}
        allowDeselect={false}
        onChange={(role) => edit({ role: role === 'operator' ? 'operator' : 'supervisor', routes: [] })}
      />
      <Select
        label={t('access.keys.lasts')}
        description={t('access.keys.lastsSays')}
        data={lasting.map(([days, name]) => ({ value: String(days), label: t(`access.keys.lasting.${name}`) }))}
        value={String(draft.expiresInDays)}
        allowDeselect={false}
        onChange={(days) => edit({ expiresInDays: Number(days) })}
      />
      <Radio.Group
        className={classes.wide ?? ''}
        label={t('access.keys.scope')}
        value={draft.reads ? 'reads' : 'routes'}
        onChange={(scope) => edit({ reads: scope === 'reads' })}
      >
        <div className={classes.scopes}>
          <Radio value="reads" label={t('access.keys.scopeReads')} description={t('access.keys.scopeReadsSays')} />
          <Radio value="routes" label={t('access.keys.scopeRoutes')} description={t('access.keys.scopeRoutesSays')} />
        </div>
      </Radio.Group>
      {!draft.reads && (
        <MultiSelect
          className={classes.wide ?? ''}
          label={t('access.keys.routes')}
          data={open}
          value={draft.routes}
          searchable
          hidePickedOptions
          onChange={(routes) => edit({ routes })}
        />
      )}
      <div className={gestures.actions}>
        <p role="status">{make.isError && errorText(make.error)}</p>
        <Button variant="default" onClick={() => onDone(null)}>
          {t('settings.discard')}
        </Button>
        <Button type="submit" disabled={!whole} loading={make.isPending}>
          {t('access.keys.make')}
        </Button>
      </div>
    </form>
  )
}
