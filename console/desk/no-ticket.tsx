import { IconHeadset, IconPlayerTrackNext } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { mayCall } from '../../server/contract/rights.ts'
import { changeState } from '../api/commands.ts'
import { nextQuery, takeNext } from '../api/next.ts'
import { sessionQuery } from '../api/queries.ts'
import { useServerNow } from '../live/use-live.ts'
import { Empty } from '../ui/empty.tsx'
import { KeyButton } from '../ui/key-button.tsx'
import { nextWords } from '../ui/next-words.ts'

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
        <KeyButton onClick={() => changeState({ state: 'ready' })} keys="P">
          {t('form.backToReady')}
        </KeyButton>
      )}
      {next !== null && (
        <KeyButton
          variant={away ? 'default' : 'filled'}
          leftSection={<IconPlayerTrackNext size={16} stroke={1.7} />}
          keys="S"
          onClick={() => void takeNext()}
        >
          {t('next.go')}
        </KeyButton>
      )}
      <KeyButton variant="default" onClick={onNew} keys="N">
        {t('form.newTicket')}
      </KeyButton>
    </Empty>
  )
}
