import { Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { surveyQuery } from '../api/survey.ts'
import { Panel } from '../ui/panel.tsx'
import fields from './fields.module.css'
import classes from './follow-up-page.module.css'
import { History } from './history.tsx'
import { SaveBar } from './save-bar.tsx'
import { isAddress } from './addresses.ts'
import { LinesField } from './lines-field.tsx'
import { NumberField } from './number-field.tsx'
import { type Editing, useSettings } from './use-settings.ts'

/** What follows from a call. */
export default function FollowUpPage() {
  const { t } = useTranslation()
  const editing = useSettings('followUp')
  if (editing === null) return null
  const { value, edit } = editing
  return (
    <>
      <Panel heading={t('followUp.callers')}>
        <div className={fields.fields}>
          <Switch
            className={fields.wide ?? ''}
            label={t('followUp.tellTicket')}
            description={t('followUp.tellTicketSays')}
            checked={value.tellTicket}
            onChange={(event) => edit({ tellTicket: event.currentTarget.checked })}
          />
          <Switch
            className={fields.wide ?? ''}
            label={t('followUp.tellMissed')}
            description={t('followUp.tellMissedSays')}
            checked={value.tellMissed}
            onChange={(event) => edit({ tellMissed: event.currentTarget.checked })}
          />
        </div>
      </Panel>
      <Escalation editing={editing} />
      <Survey editing={editing} />
      <Panel heading={t('followUp.lists')}>
        <div className={fields.fields}>
          <Switch
            className={fields.wide ?? ''}
            label={t('followUp.checkLists')}
            description={t('followUp.checkListsSays')}
            checked={value.checkLists}
            onChange={(event) => edit({ checkLists: event.currentTarget.checked })}
          />
        </div>
      </Panel>
      <SaveBar {...editing} problem={value.escalationMailTo.every(isAddress) ? null : t('followUp.addressWrong')} />
      <History editing={editing} />
    </>
  )
}

/** Who learns that somebody should have been called back by now. */
function Escalation({ editing: { value, edit } }: { readonly editing: Editing<'followUp'> }) {
  const { t } = useTranslation()
  return (
    <Panel heading={t('followUp.late')}>
      <div className={fields.fields}>
        <Switch
          className={fields.wide ?? ''}
          label={t('followUp.escalate')}
          description={t('followUp.escalateSays')}
          checked={value.escalate}
          onChange={(event) => edit({ escalate: event.currentTarget.checked })}
        />
        {value.escalate && (
          <>
            <NumberField
              label={t('followUp.mailAfter')}
              description={t('followUp.mailAfterSays')}
              unit={t('settings.units.minutes')}
              min={0}
              max={2400}
              value={value.escalationMailMinutes}
              onChange={(escalationMailMinutes) => edit({ escalationMailMinutes })}
            />
            <LinesField
              label={t('followUp.mailTo')}
              description={t('followUp.mailToSays')}
              rows={3}
              lines={value.escalationMailTo}
              onChange={(escalationMailTo) => edit({ escalationMailTo })}
            />
          </>
        )}
      </div>
    </Panel>
  )
}

/** One question after the call, and what callers answered of late. */
function Survey({ editing: { value, edit } }: { readonly editing: Editing<'followUp'> }) {
  const { t } = useTranslation()
  const { data } = useQuery(surveyQuery(30))
  const answered = data?.answers.reduce((sum, { count }) => sum + count, 0) ?? 0
  return (
    <Panel heading={t('followUp.survey')}>
      <div className={fields.fields}>
        <Switch
          className={fields.wide ?? ''}
          label={t('followUp.ask')}
          description={t('followUp.askSays')}
          checked={value.survey}
          onChange={(event) => edit({ survey: event.currentTarget.checked })}
        />
      </div>
      {data !== undefined && data.asked > 0 && (
        <p className={classes.answers}>
          {t('followUp.answered', { answered, asked: data.asked })}{' '}
          {data.answers.map(({ rating, count }) => t('followUp.rating', { rating, count })).join(' · ')}
        </p>
      )}
    </Panel>
  )
}
