import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { DirectoryTrialled } from '../../server/contract/accounts.ts'
import type { DirectorySettings } from '../../server/contract/settings.ts'
import { ApiError } from '../api/client.ts'
import { tryDirectory } from '../api/directory.ts'
import { errorText } from '../api/error-text.ts'
import { Panel } from '../ui/panel.tsx'
import { phoneShown } from '../ui/phone.ts'
import neighbour from './neighbour.module.css'
import classes from './directory-page.module.css'

/** What one person would be here with the mapping being edited. */
export function DirectoryTrial({ mapping }: { mapping: DirectorySettings }) {
  const { t } = useTranslation()
  const [login, setLogin] = useState('')
  const trial = useMutation({ mutationFn: (who: string) => tryDirectory(who, mapping) })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (login.trim() !== '') trial.mutate(login.trim())
  }
  const isNobody = trial.error instanceof ApiError && trial.error.code === 'not_found'
  return (
    <Panel heading={t('access.directory.trial')}>
      <p className={neighbour.under}>{t('access.directory.trialSays')}</p>
      <form className={classes.try} onSubmit={submit}>
        <TextInput
          aria-label={t('access.directory.trialLogin')}
          placeholder={t('access.directory.trialLogin')}
          value={login}
          maxLength={100}
          spellCheck={false}
          autoCapitalize="none"
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={trial.isPending} disabled={login.trim() === ''}>
          {t('access.directory.try')}
        </Button>
        <p role="status">{trial.isError && (isNobody ? t('access.directory.nobody') : errorText(trial.error))}</p>
      </form>
      {trial.data !== undefined && <Found found={trial.data} mapping={mapping} />}
    </Panel>
  )
}

function Found({
  found: { dn, attributes, person, rule, missingGroups },
  mapping,
}: {
  found: DirectoryTrialled
  mapping: DirectorySettings
}) {
  const { t } = useTranslation()
  const none = t('access.directory.nothing')
  const role =
    rule === null ? t('access.directory.user') : t('access.directory.byGroup', { role: t(`role.${rule.role}`), group: rule.group })
  const read =
    person === null
      ? []
      : ([
          ['name', person.name],
          ['login', person.login ?? none],
          ['mail', person.email ?? none],
          ['phones', person.phones.length === 0 ? none : person.phones.map((one) => phoneShown(one)).join(', ')],
          ['affiliation', t(`access.directory.affiliations.${affiliationOf(person.affiliation)}`)],
          ['unit', person.unit ?? none],
          ['place', person.place ?? none],
          ['title', person.title ?? none],
        ] as const)
  const used = new Set(
    Object.values(mapping)
      .flat()
      .filter((one) => typeof one === 'string')
      .map((one) => one.toLowerCase()),
  )
  return (
    <div className={classes.found}>
      <section aria-label={t('access.directory.understood')}>
        <h3>{t('access.directory.understood')}</h3>
        {person === null && <p className={neighbour.bad}>{t('access.directory.unreadable')}</p>}
        <dl className={classes.read}>
          {read.map(([name, value]) => (
            <div key={name}>
              <dt>{t(`access.directory.attributes.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          <div>
            <dt>{t('access.directory.roleLabel')}</dt>
            <dd>{role}</dd>
          </div>
        </dl>
        {missingGroups.length > 0 && (
          <p className={neighbour.bad}>{t('access.directory.missing', { groups: missingGroups.join(' ; ') })}</p>
        )}
      </section>
      <section aria-label={t('access.directory.holds')}>
        <h3>{t('access.directory.holds')}</h3>
        <p className={classes.dn}>{dn}</p>
        <dl className={classes.raw}>
          {Object.entries(attributes).map(([name, values]) => (
            <div key={name} data-used={used.has(name.toLowerCase()) || undefined}>
              <dt>{name}</dt>
              <dd>{values.join(' · ')}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  )
}

const affiliationOf = (word: string) => (['student', 'staff', 'hosted'] as const).find((one) => one === word) ?? 'unknown'
