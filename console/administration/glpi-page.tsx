import { Button, PasswordInput, SegmentedControl, Select, Switch, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconCheck, IconPlugConnected, IconRefresh, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { glpiField, glpiSettings, type GlpiState, type GlpiTrialled } from '../../server/contract/glpi.ts'
import { tellFailure } from '../api/commands.ts'
import { errorText } from '../api/error-text.ts'
import { glpiFoundQuery, glpiQuery, keepGlpiSecrets, retryGlpi, synchroniseGlpi, tryGlpi } from '../api/glpi.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { count, fullMoment, momentAfterWord, momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import fields from './fields.module.css'
import { GlpiImport } from './glpi-import.tsx'
import { GlpiMapping, GlpiPreview } from './glpi-mapping.tsx'
import classes from './glpi-page.module.css'
import { History } from './history.tsx'
import { NumberField } from './number-field.tsx'
import { SaveBar } from './save-bar.tsx'
import neighbour from './neighbour.module.css'
import shared from './shared-calendar-page.module.css'
import { useSettings } from './use-settings.ts'

const untyped = { appToken: '', userToken: '', webhookSecret: '' }
const modes = ['off', 'both', 'pop'] as const

/** GLPI next door: where, what stands for what, who wins, how it stands. */
export default function GlpiPage() {
  const { t } = useTranslation()
  const editing = useSettings('glpi')
  const state = useQuery(glpiQuery)
  const [typed, setTyped] = useState(untyped)
  const trial = useMutation({ mutationFn: tryGlpi })
  const isNarrow = useMediaQuery('(max-width: 560px)')
  const address = editing?.value.address ?? null
  // Tokens are kept for the address that holds; whatever else is typed, what stands there can be chosen.
  const isThere = editing !== null && address === editing.inForce.address
  const known = useQuery({ ...glpiFoundQuery(address ?? ''), enabled: isThere && address !== null && state.data?.kept.userToken === true })
  if (editing === null) return null
  const { value, edit } = editing
  const valid = glpiSettings.safeParse(value).success
  const found: GlpiTrialled | null = trial.data?.ok === true ? trial.data : known.data?.ok === true ? known.data : null
  const kept = !isThere && state.data !== undefined ? { ...state.data.kept, userToken: false, appToken: false } : state.data?.kept
  const isTyped = Object.values(typed).some((one) => one !== '')
  const given = (name: keyof typeof untyped) => (typed[name] === '' ? {} : { [name]: typed[name] })
  const save = () => {
    if (!isTyped || value.address === null) return editing.save()
    keepGlpiSecrets({ address: value.address, ...given('appToken'), ...given('userToken'), ...given('webhookSecret') }).then(
      () => {
        setTyped(untyped)
        if (editing.dirty) editing.save()
      },
      (error: unknown) => tellFailure(error),
    )
  }
  const secret = (name: 'appToken' | 'userToken' | 'webhookSecret') => ({
    autoComplete: 'new-password',
    maxLength: 500,
    placeholder: kept?.[name] === true ? '••••••••••' : '',
    value: typed[name],
    onChange: (event: { currentTarget: { value: string } }) => setTyped({ ...typed, [name]: event.currentTarget.value.trim() }),
  })
  return (
    <>
      <p className={neighbour.says}>{t('glpi.says')}</p>
      {state.isError && <ReadFailure text={t('glpi.failed')} of={state} />}
      {state.data !== undefined && <State state={state.data} />}
      <Panel heading={t('glpi.connection')}>
        <div className={classes.mode}>
          <span className={classes.label} id="glpi-mode">
            {t('glpi.mode')}
          </span>
          <SegmentedControl
            aria-labelledby="glpi-mode"
            orientation={isNarrow ? 'vertical' : 'horizontal'}
            value={value.mode}
            onChange={(chosen) => edit({ mode: modes.find((one) => one === chosen) ?? 'off' })}
            data={modes.map((one) => ({ value: one, label: t(`glpi.modes.${one}`) }))}
          />
          <p>{t(`glpi.modeSays.${value.mode}`)}</p>
        </div>
        <div className={fields.fields}>
          <TextInput
            className={fields.wide ?? ''}
            label={t('glpi.address')}
            description={t('glpi.addressSays')}
            placeholder="https://glpi.univ.fr"
            type="url"
            spellCheck={false}
            maxLength={500}
            value={value.address ?? ''}
            onChange={(event) => edit({ address: event.currentTarget.value.trim() || null })}
          />
          <PasswordInput
            label={t('glpi.userToken')}
            description={kept?.userToken === true ? t('glpi.kept') : t('glpi.userTokenSays')}
            {...secret('userToken')}
          />
          <PasswordInput
            label={t('glpi.appToken')}
            description={kept?.appToken === true ? t('glpi.kept') : t('glpi.appTokenSays')}
            {...secret('appToken')}
          />
        </div>
        <div className={shared.trial}>
          <Button
            variant="default"
            leftSection={<IconPlugConnected size={16} stroke={1.8} aria-hidden="true" />}
            loading={trial.isPending}
            disabled={!valid || value.address === null}
            onClick={() =>
              value.address !== null &&
              trial.mutate({ address: value.address, appToken: typed.appToken || null, userToken: typed.userToken || null })
            }
          >
            {t('glpi.try')}
          </Button>
          <div role="status">
            {trial.isPending && t('glpi.trying')}
            {trial.isError && <span className={neighbour.bad}>{errorText(trial.error)}</span>}
            {trial.data !== undefined && !trial.isPending && <Steps found={trial.data} />}
          </div>
        </div>
      </Panel>
      <GlpiMapping value={value} found={found} asking={known.isLoading} edit={edit} />
      <GlpiPreview value={value} found={found} />
      <Panel heading={t('glpi.conflicts')}>
        <p className={classes.says}>{t(value.mode === 'pop' ? 'glpi.conflictsPop' : 'glpi.conflictsSays')}</p>
        {value.mode !== 'pop' && (
          <div className={classes.wins}>
            {glpiField.options.map((field) => (
              <div key={field}>
                <span className={classes.label} aria-hidden="true">
                  {t(`glpi.fields.${field}`)}
                </span>
                <SegmentedControl
                  aria-label={t('glpi.wins', { field: t(`glpi.fields.${field}`).toLowerCase() })}
                  value={value.winners[field]}
                  onChange={(chosen) => edit({ winners: { ...value.winners, [field]: chosen === 'glpi' ? 'glpi' : 'guichet' } })}
                  data={(['guichet', 'glpi'] as const).map((one) => ({ value: one, label: t(`glpi.sides.${one}`) }))}
                />
              </div>
            ))}
          </div>
        )}
      </Panel>
      <Panel heading={t('glpi.rhythm')}>
        <div className={fields.fields}>
          <NumberField
            label={t('glpi.everyMinutes')}
            unit={t('glpi.minutes')}
            min={1}
            max={60}
            value={value.everyMinutes}
            onChange={(everyMinutes) => edit({ everyMinutes })}
          />
          <Select
            label={t('glpi.entity')}
            placeholder={t('glpi.entityNone')}
            data={entitiesOf(found, value.entity, t('glpi.unknown', { id: value.entity }))}
            value={value.entity === null ? null : String(value.entity)}
            clearable
            onChange={(chosen) => edit({ entity: chosen === null ? null : Number(chosen) })}
          />
          <Switch
            label={t('glpi.notify')}
            description={t('glpi.notifySays')}
            checked={value.notify}
            onChange={(event) => edit({ notify: event.currentTarget.checked })}
          />
        </div>
      </Panel>
      <Panel heading={t('glpi.webhook')}>
        <p className={classes.says}>{t('glpi.webhookSays')}</p>
        {state.data !== undefined && (
          <p className={classes.url}>
            {t('glpi.webhookUrl')} <code>{state.data.webhookUrl}</code>
            <CopyButton value={state.data.webhookUrl} label={t('glpi.webhookCopy')} />
          </p>
        )}
        <div className={fields.fields}>
          <PasswordInput
            label={t('glpi.webhookSecret')}
            description={t(kept?.webhookSecret === true ? 'glpi.kept' : 'glpi.notKept')}
            {...secret('webhookSecret')}
          />
        </div>
      </Panel>
      {value.mode !== 'off' && !editing.dirty && <GlpiImport />}
      <SaveBar {...editing} dirty={editing.dirty || isTyped} save={save} problem={valid ? null : t('glpi.addressWrong')} />
      <History editing={editing} />
    </>
  )
}

const entitiesOf = (found: GlpiTrialled | null, chosen: number | null, unknown: string) => {
  const names = (found?.entities ?? []).map(({ id, name }) => ({ value: String(id), label: name }))
  return chosen === null || names.some(({ value }) => value === String(chosen))
    ? names
    : [...names, { value: String(chosen), label: unknown }]
}

function State({ state }: { state: GlpiState }) {
  const { t } = useTranslation()
  const order = useMutation({ mutationFn: synchroniseGlpi })
  const again = useMutation({ mutationFn: retryGlpi })
  const { state: how, doneAt, failure, nextAt, version, oldest, refused } = state
  const when = how === 'failing' ? failure?.at : doneAt
  const failed = refused.filter(({ dropped }) => !dropped).length
  return (
    <>
      <Panel heading={t('glpi.state')} {...(version !== null && { figure: t('glpi.version', { version }) })}>
        <div className={neighbour.state}>
          <div role="status">
            <strong data-bad={how === 'failing' || how === 'no-token' || undefined}>
              {t(`glpi.states.${how}`, { when: when == null ? '' : momentAfterWord(when) })}
            </strong>
            <small>{how === 'off' ? t('glpi.offText') : nextAt === null ? '' : t('glpi.next', { when: momentOf(nextAt) })}</small>
          </div>
          {how !== 'off' && (
            <Button
              variant="default"
              leftSection={<IconRefresh size={16} stroke={1.8} aria-hidden="true" />}
              loading={state.running || order.isPending}
              onClick={() => order.mutate()}
            >
              {t('glpi.now')}
            </Button>
          )}
        </div>
        {(how !== 'off' || state.linked > 0 || state.pending > 0) && (
          <dl className={`${neighbour.figures} g-num`}>
            {(
              [
                ['linked', state.linked],
                ['pending', state.pending],
                ['refused', refused.length],
              ] as const
            ).map(([name, figure]) => (
              <div key={name}>
                <dd>{count(figure)}</dd>
                <dt>{t(`glpi.figures.${name}`)}</dt>
              </div>
            ))}
          </dl>
        )}
        <div className={neighbour.notes}>
          {failure !== null && how === 'failing' && (
            <p className={neighbour.bad} role="alert">
              {t('glpi.failure', { reason: `${failure.says.slice(0, 1).toUpperCase()}${failure.says.slice(1)}` })}
            </p>
          )}
          {oldest !== null && state.pending > 0 && <p>{t('glpi.oldest', { when: momentAfterWord(oldest) })}</p>}
          {(order.isError || again.isError) && <p className={neighbour.bad}>{errorText(order.error ?? again.error)}</p>}
        </div>
      </Panel>
      {refused.length > 0 && (
        <Panel heading={t('glpi.refused')}>
          {failed > 0 && (
            <div className={shared.trial}>
              <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>
                {t('glpi.retry')}
              </Button>
            </div>
          )}
          <ul className={classes.refused}>
            {refused.map(({ id, ticket, at, says, dropped }) => (
              <li key={id}>
                <time dateTime={at} title={fullMoment(at)}>
                  {momentOf(at)}
                </time>
                <Link to="/console/tickets/$number" params={{ number: String(ticket) }}>
                  {t('glpi.refusedOf', { number: ticket })}
                </Link>
                <span>{says}</span>
                {dropped && <small>{t('glpi.dropped')}</small>}
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  )
}

function Steps({ found }: { found: GlpiTrialled }) {
  return (
    <ul className={classes.steps}>
      {found.steps.map(({ ok, says }) => (
        <li key={says} data-ok={ok}>
          {ok ? <IconCheck size={16} stroke={2} aria-hidden="true" /> : <IconX size={16} stroke={2} aria-hidden="true" />}
          <span>{says}</span>
        </li>
      ))}
    </ul>
  )
}
