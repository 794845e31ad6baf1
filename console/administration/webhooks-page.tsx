import '@mantine/core/styles/Checkbox.css'
import { Button, Checkbox, Switch, TextInput } from '@mantine/core'
import { IconPlus, IconSend, IconWebhook } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { webhookEvent, type Delivery, type Webhook, type WebhookChange, type WebhookGiven } from '../../server/contract/webhooks.ts'
import { told } from '../api/commands.ts'
import { errorText } from '../api/error-text.ts'
import { changeWebhook, createWebhook, deliveriesQuery, removeWebhook, replayDelivery, tryWebhook, webhooksQuery } from '../api/webhooks.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Empty } from '../ui/empty.tsx'
import { count, fullMoment, momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { Pill } from '../ui/pill.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import classes from './keys-page.module.css'
import gestures from '../ui/form-actions.module.css'

const names = {
  'ticket.opened': 'opened',
  'ticket.changed': 'changed',
  'ticket.closed': 'closed',
  'call.missed': 'missed',
  ping: 'ping',
} as const
const nameOf = (event: string) => names[(event in names ? event : 'ping') as keyof typeof names]
const tones = { sent: 'ok', failed: 'bad', pending: 'warn', sending: 'plain' } as const

/** Other programs that are told of what happens here. */
export default function WebhooksPage() {
  const { t } = useTranslation()
  const found = useQuery(webhooksQuery)
  const [open, setOpen] = useState<string | null>(null)
  const [given, setGiven] = useState<WebhookGiven | null>(null)
  const all = found.data ?? []
  const done = (made: WebhookGiven | null) => {
    setOpen(null)
    setGiven(made)
  }
  return (
    <>
      <div className={classes.head}>
        <p>{t('access.webhooks.says')}</p>
        <Button variant="default" leftSection={<IconPlus size={16} stroke={1.7} aria-hidden="true" />} onClick={() => setOpen('')}>
          {t('access.webhooks.create')}
        </Button>
      </div>
      {found.isError && <ReadFailure text={t('access.webhooks.failed')} of={found} />}
      {given !== null && (
        <div className={classes.given} role="status">
          <strong>{t('access.webhooks.given', { name: given.view.name })}</strong>
          <p>{t('access.webhooks.givenSays')}</p>
          <code>{given.secret}</code> <CopyButton value={given.secret} label={t('access.webhooks.copy')} />
        </div>
      )}
      {open === '' && (
        <Panel heading={t('access.webhooks.create')}>
          <WebhookForm webhook={null} onDone={done} />
        </Panel>
      )}
      {found.data !== undefined && all.length === 0 && open === null && (
        <Panel label={t('access.webhooks.none')}>
          <Empty icon={<IconWebhook size={24} stroke={1.6} />} heading={t('access.webhooks.none')} text={t('access.webhooks.noneText')} />
        </Panel>
      )}
      {all.length > 0 && (
        <ul className={classes.list}>
          {all.map((one) => (
            <Row
              key={one.id}
              webhook={one}
              open={open === one.id}
              onToggle={() => setOpen(open === one.id ? null : one.id)}
              onDone={done}
            />
          ))}
        </ul>
      )}
    </>
  )
}

type RowProps = {
  readonly webhook: Webhook
  readonly open: boolean
  readonly onToggle: () => void
  readonly onDone: (given: WebhookGiven | null) => void
}

function Row({ webhook, open, onToggle, onDone }: RowProps) {
  const { t } = useTranslation()
  const { id, name, url, events, active, waiting, last } = webhook
  const attempt = useMutation({ mutationFn: () => tryWebhook(id) })
  return (
    <li>
      <div className={classes.row} data-over={!active || undefined}>
        <div className={classes.words}>
          <strong>{name}</strong> <code>{url}</code>
          <span>{events.map((event) => t(`access.webhooks.events.${nameOf(event)}`)).join(', ')}</span>
          <small>
            {last === null
              ? t('access.webhooks.never')
              : t('access.webhooks.last', { when: momentOf(last.at), how: last.lastError ?? t(`access.webhooks.states.${last.state}`) })}
            {waiting > 0 && ` · ${t('access.webhooks.waiting', { count: waiting })}`}
          </small>
        </div>
        {!active && <Pill tone="warn">{t('access.webhooks.aside')}</Pill>}
        <Button
          size="compact-sm"
          variant="default"
          loading={attempt.isPending}
          leftSection={<IconSend size={14} stroke={1.8} aria-hidden="true" />}
          aria-label={t('access.webhooks.tryOf', { name })}
          onClick={() => attempt.mutate()}
        >
          {t('access.webhooks.try')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={open}
          aria-label={t('access.webhooks.openOf', { name })}
          onClick={onToggle}
        >
          {t(open ? 'access.webhooks.close' : 'access.webhooks.open')}
        </Button>
        {attempt.data !== undefined && (
          <p className={classes.outcome} role="status">
            {attempt.data.lastError === null
              ? t('access.webhooks.tried', { status: attempt.data.lastStatus, ms: count(attempt.data.tookMs ?? 0) })
              : t('access.webhooks.triedVain', { why: attempt.data.lastError })}
          </p>
        )}
        {attempt.isError && (
          <p className={classes.outcome} role="status">
            {errorText(attempt.error)}
          </p>
        )}
      </div>
      {open && (
        <>
          <WebhookForm webhook={webhook} onDone={onDone} />
          <Deliveries id={id} />
        </>
      )}
    </li>
  )
}

function Deliveries({ id }: { id: string }) {
  const { t } = useTranslation()
  const found = useQuery(deliveriesQuery(id)).data ?? []
  return (
    <section className={classes.deliveries} aria-label={t('access.webhooks.deliveries')}>
      <h2>{t('access.webhooks.deliveries')}</h2>
      {found.length === 0 && <p>{t('access.webhooks.never')}</p>}
      <ul>
        {found.map((one) => (
          <DeliveryRow key={one.id} webhookId={id} delivery={one} />
        ))}
      </ul>
    </section>
  )
}

function DeliveryRow({ webhookId, delivery }: { webhookId: string; delivery: Delivery }) {
  const { t } = useTranslation()
  const { id, event, at, state, attempts, lastError, lastStatus, nextAttemptAt } = delivery
  const words = [
    lastError ?? (lastStatus === null ? null : t('access.webhooks.answered', { status: lastStatus })),
    attempts > 1 && t('access.webhooks.attempts', { count: attempts }),
    nextAttemptAt !== null && attempts > 0 && t('access.webhooks.next', { when: momentOf(nextAttemptAt) }),
  ]
  return (
    <li title={JSON.stringify(delivery.body)}>
      <Pill tone={tones[state]}>{t(`access.webhooks.states.${state}`)}</Pill>
      <span>{t(`access.webhooks.events.${nameOf(event)}`)}</span>
      <time dateTime={at} title={fullMoment(at)}>
        {momentOf(at)}
      </time>
      <small>{words.filter(Boolean).join(' · ')}</small>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={t('access.webhooks.replayOf', { time: momentOf(at) })}
        onClick={() => told(replayDelivery(webhookId, id))}
      >
        {t('access.webhooks.replay')}
      </Button>
    </li>
  )
}

function WebhookForm({ webhook, onDone }: { webhook: Webhook | null; onDone: (given: WebhookGiven | null) => void }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<WebhookChange>({
    name: webhook?.name ?? '',
    url: webhook?.url ?? '',
    events: [...(webhook?.events ?? (['ticket.opened', 'ticket.closed'] as const))],
    active: webhook?.active ?? true,
  })
  const edit = (change: Partial<WebhookChange>) => setDraft({ ...draft, ...change })
  const save = useMutation({
    mutationFn: async () => {
      if (webhook === null) return createWebhook(draft)
      await changeWebhook(webhook.id, draft)
      return null
    },
    onSuccess: onDone,
  })
  const whole = draft.name.trim() !== '' && draft.url.trim() !== '' && draft.events.length > 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (whole) save.mutate()
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        label={t('access.webhooks.name')}
        value={draft.name}
        maxLength={60}
        onChange={(event) => edit({ name: event.currentTarget.value })}
      />
      <TextInput
        className={classes.address ?? ''}
        label={t('access.webhooks.url')}
        placeholder="https://tableau.univ.fr/guichet"
        type="url"
        value={draft.url}
        maxLength={500}
        onChange={(event) => edit({ url: event.currentTarget.value })}
      />
      <Checkbox.Group
        className={classes.wide ?? ''}
        label={t('access.webhooks.toldOf')}
        value={draft.events}
        onChange={(chosen) => edit({ events: webhookEvent.options.filter((one) => chosen.includes(one)) })}
      >
        <div className={classes.events}>
          {webhookEvent.options.map((event) => (
            <Checkbox key={event} value={event} label={t(`access.webhooks.events.${nameOf(event)}`)} />
          ))}
        </div>
      </Checkbox.Group>
      {webhook !== null && (
        <Switch
          label={t('access.webhooks.active')}
          checked={draft.active}
          onChange={(event) => edit({ active: event.currentTarget.checked })}
        />
      )}
      <div className={gestures.actions}>
        <p role="status">{save.isError && errorText(save.error)}</p>
        {webhook === null ? (
          <Button variant="default" onClick={() => onDone(null)}>
            {t('settings.discard')}
          </Button>
        ) : (
          <Button variant="default" onClick={() => told(removeWebhook(webhook.id))}>
            {t('access.webhooks.remove')}
          </Button>
        )}
        <Button type="submit" disabled={!whole} loading={save.isPending}>
          {t('settings.save')}
        </Button>
      </div>
    </form>
  )
}
