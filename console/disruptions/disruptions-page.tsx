import { notifications } from '@mantine/notifications'
import { IconPlugConnectedX, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Disruption } from '../../server/contract/disruptions.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { disruptionsQuery, suggestedQuery } from '../api/disruptions.ts'
import { sessionQuery } from '../api/queries.ts'
import { Empty } from '../ui/empty.tsx'
import { KeyButton } from '../ui/key-button.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { DisruptionCard } from './card.tsx'
import classes from './disruptions.module.css'
import { type Begun, DisruptionForm } from './form.tsx'
import { Suggestion } from './suggestion.tsx'

type Writing = { readonly one: Disruption | null; readonly begun: Begun | null }

/** « Perturbations »: what goes on, what is planned, what is over; announced, followed and ended here. */
export function DisruptionsPage() {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data ?? null
  const current = useQuery(disruptionsQuery())
  const ended = useQuery(disruptionsQuery(true))
  const may = session !== null && mayCall(session, 'POST /api/disruptions')
  const suggested = useQuery({ ...suggestedQuery, enabled: may }).data ?? []
  const [writing, setWriting] = useState<Writing | null>(null)
  usePageTitle(t('disruptions.heading'))
  const announce = () => setWriting({ one: null, begun: null })
  useShortcuts(may ? [{ key: 'n', run: announce }] : [])
  const button = (
    <KeyButton leftSection={<IconPlus size={16} stroke={1.7} />} keys="N" onClick={announce}>
      {t('disruptions.announce')}
    </KeyButton>
  )
  return (
    <Page wide heading={t('disruptions.heading')} aside={may && <div className={classes.aside}>{button}</div>}>
      <p className={classes.intro}>{t('disruptions.intro')}</p>
      {current.isError && <ReadFailure text={t('disruptions.failed')} of={current} />}
      {suggested.map((one) => (
        <Suggestion
          key={`${one.categoryId} ${one.placeId}`}
          one={one}
          onAnnounce={() =>
            setWriting({
              one: null,
              begun: { title: one.nature, categoryId: one.categoryId, placeId: one.placeId, place: one.place ?? '' },
            })
          }
        />
      ))}
      {current.data?.length === 0 && (
        <Empty icon={<IconPlugConnectedX size={24} stroke={1.6} />} heading={t('disruptions.none')} text={t('disruptions.noneText')} />
      )}
      <div className={classes.cards}>
        {current.data?.map((one) => (
          <DisruptionCard key={one.id} one={one} may={may} onEdit={() => setWriting({ one, begun: null })} />
        ))}
      </div>
      {(ended.data?.length ?? 0) > 0 && (
        <section aria-label={t('disruptions.over')}>
          <h2 className={classes.section}>{t('disruptions.over')}</h2>
          <div className={classes.cards}>
            {ended.data?.map((one) => (
              <DisruptionCard key={one.id} one={one} may={may} onEdit={() => undefined} />
            ))}
          </div>
        </section>
      )}
      {writing !== null && (
        <DisruptionForm
          {...writing}
          onClose={() => setWriting(null)}
          onDone={() => {
            notifications.show({ message: t(writing.one === null ? 'disruptions.announced' : 'disruptions.saved'), withBorder: true })
            setWriting(null)
          }}
        />
      )}
    </Page>
  )
}
