import { Button, PasswordInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shortestContinuityPassword } from '../../server/contract/continuity.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { chooseContinuityPassword, continuityQuery, sheetAddress } from '../api/continuity.ts'
import { errorText } from '../api/error-text.ts'
import { sessionQuery } from '../api/queries.ts'
import { fullMoment } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import classes from './continuity-page.module.css'

/** The encrypted sheet for the day when nothing answers. */
export default function ContinuityPage() {
  const { t } = useTranslation()
  const state = useQuery(continuityQuery).data
  const session = useQuery(sessionQuery).data
  if (state === undefined) return null
  const { at, problem } = state
  return (
    <Panel heading={t('continuity.heading')}>
      <div className={classes.content}>
        <p>{t('continuity.says')}</p>
        <p>{at === null ? t('continuity.none') : t('continuity.last', { when: fullMoment(at) })}</p>
        {problem !== null && (
          <p role="alert" className={classes.problem}>
            {t('continuity.problem', { why: problem })}
          </p>
        )}
        {at !== null && (
          <Button component="a" href={sheetAddress} download leftSection={<IconDownload size={16} stroke={1.8} />}>
            {t('continuity.download')}
          </Button>
        )}
        {session != null && mayCall(session, 'PUT /api/continuity/password') && <Password />}
      </div>
    </Panel>
  )
}

function Password() {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const choose = useMutation({ mutationFn: chooseContinuityPassword, onSuccess: () => setPassword('') })
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        choose.mutate(password)
      }}
    >
      <PasswordInput
        label={t('continuity.password')}
        description={t('continuity.passwordSays', { count: shortestContinuityPassword })}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        minLength={shortestContinuityPassword}
        autoComplete="new-password"
        required
        withAsterisk={false}
      />
      <p role="status" className={choose.isError ? classes.problem : undefined}>
        {choose.isError ? errorText(choose.error) : choose.isSuccess && password === '' ? t('continuity.chosen') : ''}
      </p>
      <Button type="submit" variant="default" loading={choose.isPending}>
        {t('continuity.choose')}
      </Button>
    </form>
  )
}
