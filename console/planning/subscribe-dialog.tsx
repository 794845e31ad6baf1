import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CalendarFeed } from '../../server/contract/rota.ts'
import { told } from '../api/commands.ts'
import { addFeed, feedsQuery, revokeFeed } from '../api/rota.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { momentOf } from '../ui/format.ts'
import classes from './subscribe-dialog.module.css'

/** Addresses by which one's own calendar reads the rota, each taken back at will. */
export function SubscribeDialog({ takesCalls, onClose }: { takesCalls: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const feeds = useQuery(feedsQuery).data
  return (
    <Dialog heading={t('rota.feeds.heading')} size={560} onClose={onClose}>
      <p className={classes.intro}>{t('rota.feeds.intro')}</p>
      {feeds !== undefined &&
        (takesCalls ? [false, true] : [true]).map((everybody) => (
          <Feed key={String(everybody)} everybody={everybody} feed={feeds.find((one) => one.everybody === everybody)} />
        ))}
    </Dialog>
  )
}

function Feed({ everybody, feed }: { everybody: boolean; feed: CalendarFeed | undefined }) {
  const { t } = useTranslation()
  const label = t(everybody ? 'rota.feeds.everybody' : 'rota.feeds.mine')
  if (feed === undefined)
    return (
      <div className={classes.feed}>
        <strong>{label}</strong>
        <Button variant="default" onClick={() => told(addFeed(everybody))}>
          {t('rota.feeds.make')}
        </Button>
      </div>
    )
  return (
    <div className={classes.made}>
      <TextInput
        label={label}
        description={feed.readAt === null ? t('rota.feeds.unread') : t('rota.feeds.read', { at: momentOf(feed.readAt) })}
        value={feed.url}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        rightSection={<CopyButton value={feed.url} label={t('rota.feeds.copy')} />}
      />
      <Button variant="subtle" color="alarm" size="compact-sm" onClick={() => told(revokeFeed(feed.id))}>
        {t('rota.feeds.revoke')}
      </Button>
    </div>
  )
}
