import '@mantine/core/styles/Checkbox.css'
import { Checkbox, NumberInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { role as roles, type Role } from '../../server/contract/entities.ts'
import { allAccountsQuery } from '../api/accounts.ts'
import { waysQuery } from '../api/second-factor.ts'
import { Panel } from '../ui/panel.tsx'
import classes from './sign-in-page.module.css'
import { History } from './history.tsx'
import { SaveBar } from './save-bar.tsx'
import { useSettings } from './use-settings.ts'

const workers = roles.options.filter((one) => one !== 'user')

/** How one enters the console. */
export default function SignInPage() {
  const { t } = useTranslation()
  const editing = useSettings('signIn')
  const accounts = (useQuery(allAccountsQuery).data ?? []).filter(({ disabled }) => !disabled)
  const ways = useQuery(waysQuery).data?.ways ?? []
  if (editing === null) return null
  const of = (role: Role) => accounts.filter((one) => one.role === role)
  return (
    <>
      <p className={classes.says}>{t('access.policy.says')}</p>
      <Panel heading={t('access.policy.heading')}>
        <div className={classes.content}>
          <Checkbox.Group
            label={t('access.policy.roles')}
            description={t('access.policy.rolesSays')}
            value={[...editing.value.secondFactorFor]}
            onChange={(chosen) => editing.edit({ secondFactorFor: workers.filter((one) => chosen.includes(one)) })}
          >
            <div className={classes.roles}>
              {workers.map((one) => (
                <Checkbox
                  key={one}
                  value={one}
                  label={t(`role.${one}`)}
                  description={`${t('access.policy.who')} : ${t('access.policy.count', {
                    with: of(one).filter(({ secondFactor }) => secondFactor).length,
                    of: of(one).length,
                  })}`}
                />
              ))}
            </div>
          </Checkbox.Group>
          {editing.value.secondFactorFor.length > 0 && (
            <NumberInput
              label={t('access.policy.resetHours')}
              description={t('access.policy.resetHoursSays')}
              min={1}
              max={720}
              clampBehavior="strict"
              allowDecimal={false}
              suffix={t('access.policy.hours')}
              styles={{ wrapper: { maxWidth: 140 } }}
              value={editing.value.secondFactorResetHours}
              onChange={(hours) => typeof hours === 'number' && hours >= 1 && editing.edit({ secondFactorResetHours: hours })}
            />
          )}
          <p>{t('access.policy.lost')}</p>
        </div>
      </Panel>
      <Panel heading={t('access.policy.ways')}>
        <div className={classes.content}>
          {ways.length === 0 ? (
            <p>{t('access.policy.wayNone')}</p>
          ) : (
            <ul>
              {ways.map(({ kind, name }) => (
                <li key={kind}>
                  {name} <small>{kind === 'oidc' ? 'OpenID Connect' : 'CAS 3'}</small>
                </li>
              ))}
            </ul>
          )}
        </div>
      </Panel>
      <SaveBar {...editing} />
      <History editing={editing} />
    </>
  )
}
