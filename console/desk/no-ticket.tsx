import { Button } from '@mantine/core'
import { IconHeadset, IconPlayerTrackNext } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { mayCall } from '../../server/contract/rights.ts'
import { changeState } from '../api/commands.ts'
import { nextQuery, takeNext } from '../api/next.ts'
import { sessionQuery } from '../api/queries.ts'
import { useServerNow } from '../live/use-live.ts'
import { Empty } from '../ui/empty.tsx'
import { Keys } from '../ui/kbd.tsx'
import { nextWords } from '../ui/next-words.ts'
import { ariaKey } from '../ui/shortcuts.ts'

/** No call, no ticket: what « Suivant » would give, said before it is taken. */
export function NoTicket({ away, onNew }: { away: boolean; onNew: () => void }) {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data ?? null
  const now = useServerNow()
  const next = useQuery({ ...nextQuery, enabled: session !== null && mayCall(session, 'GET /api/next') }).data?.next ?? null
  const rest = t(away ? 'form.emptyPaused' : 'form.emptyReady')
  return (
    <Empty
      icon={<IconHeadset size={24} stroke={1.6} />}
      heading={t('form.emptyHeading')}
      text={next === null ? rest : `${t('next.heading')} ${nextWords(next, now, t)}.`}
    >
      {away && (
        <Button onClick={() => changeState({ state: 'ready' })} rightSection={<Keys keys="P" />}>
          {t('form.backToReady')}
        </Button>
      )}
      {next !== null && (
        <Button
          variant={away ? 'default' : 'filled'}
          leftSection={<IconPlayerTrackNext size={16} stroke={1.7} />}
          rightSection={<Keys keys="S" />}
          onClick={() => void takeNext()}
          aria-keyshortcuts={ariaKey('S')}
        >
          {t('next.go')}
        </Button>
      )}
      <Button variant="default" onClick={onNew} rightSection={<Keys keys="N" />} aria-keyshortcuts={ariaKey('N')}>
        {t('form.newTicket')}
      </Button>
    </Empty>
  )
}
