import { SegmentedControl } from '@mantine/core'
import { IconPhoneCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { owedQuery } from '../api/owed.ts'
import { Empty } from '../ui/empty.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import { OpenList } from './open-list.tsx'
import classes from './owed-page.module.css'
import { SettledList } from './settled-list.tsx'
import { useLeaving } from './settling.ts'

type Shown = 'open' | 'settled'

/** Who is to be called back, whatever for; the most urgent first. */
export function OwedPage() {
  const { t } = useTranslation()
  const [shown, setShown] = useState<Shown>('open')
  const found = useQuery(owedQuery(shown))
  const leaving = useLeaving()
  usePageTitle(t('owed.heading'))
  const entries = (found.data?.entries ?? []).filter((e) => !leaving.has(e.id))
  return (
    <Page
      heading={t('owed.heading')}
      aside={
        <>
          <SegmentedControl
            aria-label={t('owed.filter')}
            value={shown}
            onChange={setShown}
            data={[
              { value: 'open', label: t('owed.open') },
              { value: 'settled', label: t('owed.settledTab') },
            ]}
          />
          {shown === 'open' && entries.length > 0 && (
            <span className={`${classes.count} g-num`} role="status">
              {t('owed.count', { count: entries.length })}
            </span>
          )}
        </>
      }
    >
      {found.isError && <ReadFailure text={t('owed.failed')} of={found} />}
      {found.data !== undefined && entries.length === 0 && (
        <Empty
          icon={<IconPhoneCheck size={24} stroke={1.6} />}
          heading={t(shown === 'open' ? 'owed.none' : 'owed.noneSettled')}
          text={t(shown === 'open' ? 'owed.noneText' : 'owed.noneSettledText')}
        />
      )}
      {entries.length > 0 && (shown === 'open' ? <OpenList entries={entries} /> : <SettledList entries={entries} />)}
    </Page>
  )
}
