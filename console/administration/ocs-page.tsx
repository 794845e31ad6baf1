import { Button, PasswordInput, TextInput } from '@mantine/core'
import { IconDevices, IconPlugConnected, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ocsServer, ocsSettings, type OcsServer, type OcsState } from '../../server/contract/ocs.ts'
import { tellFailure } from '../api/commands.ts'
import { errorText } from '../api/error-text.ts'
import { keepOcsPassword, ocsQuery, tryOcs } from '../api/machines.ts'
import { Empty } from '../ui/empty.tsx'
import { momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import fields from './fields.module.css'
import { History } from './history.tsx'
import { SaveBar } from './save-bar.tsx'
import neighbour from './neighbour.module.css'
import shared from './shared-calendar-page.module.css'
import { useSettings } from './use-settings.ts'

/** The inventories next door, one for each department that has its own. */
export default function OcsPage() {
  const { t } = useTranslation()
  const editing = useSettings('ocs')
  const state = useQuery(ocsQuery)
  const [passwords, setPasswords] = useState<Readonly<Record<string, string>>>({})
  if (editing === null) return null
  const { value, edit } = editing
  const valid = ocsSettings.safeParse(value).success
  const typed = value.servers.filter(({ id }) => (passwords[id] ?? '') !== '')
  const save = () => {
    Promise.all(typed.map(({ id, address }) => keepOcsPassword({ server: { id, address }, password: passwords[id] ?? null }))).then(
      () => {
        setPasswords({})
        if (editing.dirty) editing.save()
      },
      (error: unknown) => tellFailure(error),
    )
  }
  const change = (id: string, changed: Partial<OcsServer>) =>
    edit({ servers: value.servers.map((one) => (one.id === id ? { ...one, ...changed } : one)) })
  return (
    <>
      <p className={neighbour.says}>{t('ocs.says')}</p>
      {state.isError && <ReadFailure text={t('ocs.failed')} of={state} />}
      {value.servers.length === 0 && (
        <Panel label={t('ocs.none')}>
          <Empty icon={<IconDevices size={24} stroke={1.6} />} heading={t('ocs.none')} text={t('ocs.noneText')} />
        </Panel>
      )}
      {value.servers.map((server) => (
        <Server
          key={server.id}
          server={server}
          state={state.data?.servers.find(({ id }) => id === server.id)}
          password={passwords[server.id] ?? ''}
          onPassword={(password) => setPasswords({ ...passwords, [server.id]: password })}
          onChange={(changed) => change(server.id, changed)}
          onRemove={() => edit({ servers: value.servers.filter(({ id }) => id !== server.id) })}
        />
      ))}
      {value.servers.length < 10 && (
        <div>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} stroke={1.7} aria-hidden="true" />}
            onClick={() => edit({ servers: [...value.servers, { id: crypto.randomUUID(), name: '', address: 'https://', login: '' }] })}
          >
            {t('ocs.add')}
          </Button>
        </div>
      )}
      <SaveBar {...editing} dirty={editing.dirty || typed.length > 0} save={save} problem={valid ? null : t('ocs.problem')} />
      <History editing={editing} />
    </>
  )
}

type ServerProps = {
  readonly server: OcsServer
  readonly state: OcsState['servers'][number] | undefined
  readonly password: string
  readonly onPassword: (password: string) => void
  readonly onChange: (changed: Partial<OcsServer>) => void
  readonly onRemove: () => void
}

function Server({ server, state, password, onPassword, onChange, onRemove }: ServerProps) {
  const { t } = useTranslation()
  const [uid, setUid] = useState('')
  const trial = useMutation({ mutationFn: tryOcs })
  const name = server.name.trim() || t('ocs.unnamed')
  return (
    <Panel heading={name}>
      {state !== undefined && (
        <p className={neighbour.under} data-bad={state.state === 'failing' || undefined}>
          {t(`ocs.states.${state.state}`, { when: state.at === null ? '' : momentOf(state.at), says: state.says ?? '' })}
        </p>
      )}
      <div className={fields.fields}>
        <TextInput
          label={t('ocs.name')}
          description={t('ocs.nameSays')}
          maxLength={60}
          value={server.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('ocs.address')}
          description={t('ocs.addressSays')}
          type="url"
          spellCheck={false}
          maxLength={500}
          value={server.address}
          onChange={(event) => onChange({ address: event.currentTarget.value.trim() })}
        />
        <TextInput
          label={t('ocs.login')}
          description={t('ocs.loginSays')}
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          value={server.login}
          onChange={(event) => onChange({ login: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('ocs.password')}
          description={t(state?.passwordKept === true ? 'ocs.kept' : 'ocs.notKept')}
          placeholder={state?.passwordKept === true ? '••••••••••' : ''}
          autoComplete="new-password"
          maxLength={500}
          value={password}
          onChange={(event) => onPassword(event.currentTarget.value)}
        />
        <TextInput
          label={t('ocs.uid')}
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          value={uid}
          onChange={(event) => setUid(event.currentTarget.value)}
        />
      </div>
      <div className={shared.trial}>
        <Button
          variant="default"
          leftSection={<IconPlugConnected size={16} stroke={1.8} aria-hidden="true" />}
          loading={trial.isPending}
          disabled={!ocsServer.safeParse(server).success}
          aria-label={`${t('ocs.try')}, ${name}`}
          onClick={() => trial.mutate({ server, password: password === '' ? null : password, uid: uid.trim() })}
        >
          {t('ocs.try')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconTrash size={16} stroke={1.7} aria-hidden="true" />}
          aria-label={`${t('ocs.remove')}, ${name}`}
          onClick={onRemove}
        >
          {t('ocs.remove')}
        </Button>
        <div role="status">
          {trial.isError && <span className={neighbour.bad}>{errorText(trial.error)}</span>}
          {trial.data !== undefined && (
            <>
              <span className={trial.data.ok ? '' : (neighbour.bad ?? '')}>{trial.data.says}</span>
              <ul>
                {trial.data.machines.map((one) => (
                  <li key={one.deviceId}>
                    {one.name}, {one.system}
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      </div>
    </Panel>
  )
}
