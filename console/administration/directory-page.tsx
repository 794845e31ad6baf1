import { Button, TextInput } from '@mantine/core'
import { IconAddressBook, IconRefresh } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { DirectoryState } from '../../server/contract/directory.ts'
import { directorySettings, type DirectorySettings } from '../../server/contract/settings.ts'
import { directoryQuery, synchroniseDirectory } from '../api/directory.ts'
import { errorText } from '../api/error-text.ts'
import { Empty } from '../ui/empty.tsx'
import { count, fullMoment, momentOf, timeOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { Pill } from '../ui/pill.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import neighbour from './neighbour.module.css'
import classes from './directory-page.module.css'
import { DirectoryRules } from './directory-rules.tsx'
import { DirectoryTrial } from './directory-trial.tsx'
import fields from './fields.module.css'
import { History } from './history.tsx'
import { SaveBar } from './save-bar.tsx'
import { type Editing, useSettings } from './use-settings.ts'

/** Where people come from, and what they may be here. */
export default function DirectoryPage() {
  const { t } = useTranslation()
  const editing = useSettings('directory')
  const state = useQuery(directoryQuery)
  if (editing === null) return null
  return (
    <>
      <p className={neighbour.says}>{t('access.directory.says')}</p>
      {state.isError && <ReadFailure text={t('access.directory.failed')} of={state} />}
      {state.data !== undefined && (state.data.configured ? <State state={state.data} /> : <NoDirectory />)}
      <Mapping editing={editing} />
      <DirectoryRules rules={editing.value.roles} onChange={(roles) => editing.edit({ roles: [...roles] })} />
      {state.data?.configured === true && <DirectoryTrial mapping={editing.value} />}
      <SaveBar {...editing} problem={problemOf(editing.value, t('access.directory.groupMissing'), t('access.directory.bad'))} />
      <History editing={editing} />
    </>
  )
}

function problemOf(value: DirectorySettings, groupMissing: string, bad: string): string | null {
  if (value.roles.some(({ group }) => group.trim() === '')) return groupMissing
  return directorySettings.safeParse(value).success ? null : bad
}

function NoDirectory() {
  const { t } = useTranslation()
  return (
    <Panel label={t('access.directory.none')}>
      <Empty icon={<IconAddressBook size={24} stroke={1.6} />} heading={t('access.directory.none')} text={t('access.directory.noneText')} />
    </Panel>
  )
}

function State({ state }: { state: DirectoryState }) {
  const { t } = useTranslation()
  const order = useMutation({ mutationFn: synchroniseDirectory })
  const { running, last, failure, roles, next } = state
  return (
    <Panel heading={t('access.directory.state')} figure={t('access.directory.people', { count: state.people, shown: count(state.people) })}>
      <div className={neighbour.state}>
        <div role="status">
          {running !== null && (
            <strong>{t('access.directory.running', { time: timeOf(running.since), shown: count(running.read) })}</strong>
          )}
          {running === null && last === null && <strong>{t('access.directory.never')}</strong>}
          {running === null && last !== null && (
            <>
              <strong title={fullMoment(last.at)}>
                {t('access.directory.done', { when: momentOf(last.at), seconds: count(last.seconds) })}
              </strong>{' '}
              <Pill>{t(last.complete ? 'access.directory.complete' : 'access.directory.partial')}</Pill>
            </>
          )}
          <small>
            {[state.servers.join(', '), next !== null && t('access.directory.next', { when: momentOf(next) })].filter(Boolean).join(' · ')}
          </small>
        </div>
        <Button
          leftSection={<IconRefresh size={16} stroke={1.8} aria-hidden="true" />}
          loading={running !== null || order.isPending}
          onClick={() => order.mutate(false)}
        >
          {t('access.directory.now')}
        </Button>
      </div>
      {last !== null && (
        <dl className={`${neighbour.figures} g-num`}>
          {(['read', 'changed', 'retired', 'kept'] as const)
            .filter((name) => name !== 'kept' || last.kept > 0)
            .map((name) => (
              <div key={name}>
                <dd>{count(last[name])}</dd>
                <dt>{t(`access.directory.figures.${name}`)}</dt>
              </div>
            ))}
        </dl>
      )}
      <div className={neighbour.notes}>
        {failure !== null && (
          <p className={neighbour.bad} role="alert">
            {t('access.directory.failure', { when: momentOf(failure.at), reason: failure.reason })}
          </p>
        )}
        {order.isError && (
          <p className={neighbour.bad} role="alert">
            {errorText(order.error)}
          </p>
        )}
        {last !== null && !last.saved && <p className={neighbour.bad}>{t('access.directory.unsaved')}</p>}
        {last !== null && last.kept > 0 && (
          <p>
            {t('access.directory.keptSays')}{' '}
            <Button size="compact-sm" variant="default" disabled={running !== null} onClick={() => order.mutate(true)}>
              {t('access.directory.believe')}
            </Button>
          </p>
        )}
        {roles !== null &&
          (roles.problem === null ? (
            <p>{t('access.directory.roles', { count: roles.workers })}</p>
          ) : (
            <p className={neighbour.bad}>{t('access.directory.rolesProblem', { why: roles.problem })}</p>
          ))}
        {roles !== null && roles.refusedLogins.length > 0 && (
          <p>{t('access.directory.refused', { logins: roles.refusedLogins.join(', ') })}</p>
        )}
      </div>
    </Panel>
  )
}

const single = ['login', 'name', 'mail', 'affiliation', 'unit', 'place', 'title'] as const

function Mapping({ editing: { value, edit } }: { editing: Editing<'directory'> }) {
  const { t } = useTranslation()
  return (
    <Panel heading={t('access.directory.mapping')}>
      <p className={neighbour.under}>{t('access.directory.mappingSays')}</p>
      <div className={fields.fields}>
        {single.map((name) => (
          <TextInput
            key={name}
            label={t(`access.directory.attributes.${name}`)}
            value={value[name]}
            maxLength={60}
            spellCheck={false}
            autoCapitalize="none"
            classNames={{ input: classes.code ?? '' }}
            onChange={(event) => edit({ [name]: event.currentTarget.value })}
          />
        ))}
        <PhonesField phones={value.phones} onChange={(phones) => edit({ phones })} />
      </div>
    </Panel>
  )
}

function PhonesField({ phones, onChange }: { phones: readonly string[]; onChange: (phones: string[]) => void }) {
  const { t } = useTranslation()
  return (
    <TextInput
      label={t('access.directory.attributes.phones')}
      description={t('access.directory.phonesSays')}
      inputWrapperOrder={['label', 'input', 'description']}
      value={phones.join(', ')}
      maxLength={300}
      spellCheck={false}
      autoCapitalize="none"
      classNames={{ input: classes.code ?? '' }}
      onChange={(event) => onChange(event.currentTarget.value.split(/,\s?/))}
      onBlur={() => phones.some((one) => one.trim() === '') && onChange(phones.filter((one) => one.trim() !== ''))}
    />
  )
}
