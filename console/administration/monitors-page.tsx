import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconRadar2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { addMonitor, monitorsQuery, revokeMonitor } from '../api/disruptions.ts'
import { errorText } from '../api/error-text.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Empty } from '../ui/empty.tsx'
import { fullMoment, momentOf } from '../ui/format.ts'
import { ReadFailure } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import classes from './monitors-page.module.css'
import { useShownOnce } from './use-shown-once.ts'

/** Monitorings that may open disruptions: each has a secret of its own, shown once. */
export default function MonitorsPage() {
  const { t } = useTranslation()
  const found = useQuery(monitorsQuery)
  const { name, setName, made, add, revoke } = useShownOnce({
    add: addMonitor,
    revoke: revokeMonitor,
    revoked: (whose) => t('disruptions.monitors.revoked', { name: whose }),
  })
  return (
    <>
      <p className={classes.intro}>{t('disruptions.monitors.intro')}</p>
      {found.isError && (
        <ReadFailure
          text={t('disruptions.monitors.failed')}
          why={errorText(found.error)}
          retry={
            <Button variant="default" onClick={() => void found.refetch()}>
              {t('tickets.retry')}
            </Button>
          }
        />
      )}
      <form
        className={classes.tools}
        onSubmit={(event) => {
          event.preventDefault()
          add()
        }}
      >
        <TextInput
          label={t('disruptions.monitors.name')}
          placeholder="Prometheus"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" leftSection={<IconPlus size={16} stroke={1.7} aria-hidden="true" />}>
          {t('disruptions.monitors.add')}
        </Button>
      </form>
      {made !== null && (
        <section className={classes.secret} aria-label={t('disruptions.monitors.secret', { name: made.name })} role="status">
          <strong>{t('disruptions.monitors.secret', { name: made.name })}</strong>
          <code>
            {made.secret}
            <CopyButton value={made.secret} label={t('disruptions.monitors.copySecret')} />
          </code>
          <p>{t('disruptions.monitors.secretHint')}</p>
          <code>
            {made.url}
            <CopyButton value={made.url} label={t('disruptions.monitors.copyAddress')} />
          </code>
        </section>
      )}
      {found.data?.length === 0 && (
        <Empty
          icon={<IconRadar2 size={24} stroke={1.6} />}
          heading={t('disruptions.monitors.none')}
          text={t('disruptions.monitors.noneText')}
        />
      )}
      {(found.data?.length ?? 0) > 0 && (
        <Panel label={t('settings.pages.monitors')}>
          <ul className={classes.list}>
            {found.data?.map(({ id, name: whose, createdAt, createdBy, seenAt }) => (
              <li key={id}>
                <strong>{whose}</strong>
                <span>{t('disruptions.monitors.made', { when: fullMoment(createdAt), who: createdBy })}</span>
                <span>
                  {seenAt === null ? t('disruptions.monitors.neverSeen') : t('disruptions.monitors.seen', { when: momentOf(seenAt) })}
                </span>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={t('disruptions.monitors.revokeOf', { name: whose })}
                  onClick={() => void revoke(id, whose)}
                >
                  {t('disruptions.monitors.revoke')}
                </Button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  )
}
