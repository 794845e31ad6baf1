import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconPhoneCall } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { addExchange, exchangesQuery, revokeExchange } from '../api/exchanges.ts'
import { errorText } from '../api/error-text.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Empty } from '../ui/empty.tsx'
import { fullMoment, momentOf } from '../ui/format.ts'
import { ReadFailure } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import classes from './monitors-page.module.css'
import { useShownOnce } from './use-shown-once.ts'

/** Exchanges that keep the queue themselves and tell of their calls: each by an address of its own, shown once. */
export default function ExchangesPage() {
  const { t } = useTranslation()
  const found = useQuery(exchangesQuery)
  const { name, setName, made, add, revoke } = useShownOnce({
    add: addExchange,
    revoke: revokeExchange,
    revoked: (whose) => t('exchanges.revoked', { name: whose }),
  })
  return (
    <>
      <p className={classes.intro}>{t('exchanges.intro')}</p>
      {found.isError && (
        <ReadFailure
          text={t('exchanges.failed')}
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
          label={t('exchanges.name')}
          placeholder={t('exchanges.example')}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" leftSection={<IconPlus size={16} stroke={1.7} aria-hidden="true" />}>
          {t('exchanges.add')}
        </Button>
      </form>
      {made !== null && (
        <section className={classes.secret} aria-label={t('exchanges.secret', { name: made.name })} role="status">
          <strong>{t('exchanges.secret', { name: made.name })}</strong>
          <p>{t('exchanges.secretHint')}</p>
          <code>
            {made.url}
            <CopyButton value={made.url} label={t('exchanges.copyAddress')} />
          </code>
        </section>
      )}
      {found.data?.length === 0 && (
        <Empty icon={<IconPhoneCall size={24} stroke={1.6} />} heading={t('exchanges.none')} text={t('exchanges.noneText')} />
      )}
      {(found.data?.length ?? 0) > 0 && (
        <Panel label={t('settings.pages.exchanges')}>
          <ul className={classes.list}>
            {found.data?.map(({ id, name: whose, createdAt, createdBy, seenAt, calls }) => (
              <li key={id}>
                <strong>{whose}</strong>
                <span>{t('exchanges.made', { when: fullMoment(createdAt), who: createdBy })}</span>
                <span>{seenAt === null ? t('exchanges.neverSeen') : t('exchanges.seen', { when: momentOf(seenAt) })}</span>
                <span className="g-num">{t('exchanges.figures', calls)}</span>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={t('exchanges.revokeOf', { name: whose })}
                  onClick={() => void revoke(id, whose)}
                >
                  {t('exchanges.revoke')}
                </Button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  )
}
