import { Button } from '@mantine/core'
import { IconThumbDown, IconThumbUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { acceptSolution, refuseSolution } from '../api/ticket-life.ts'
import { myCall } from '../live/desk.ts'
import { useLive } from '../live/use-live.ts'
import { AskedText } from './asked-text.tsx'
import { Failure } from './failure.tsx'
import { useCommand } from './use-command.ts'

/** What the requester says of the solution, told to us; during a conversation the call is noted as the proof. */
export function SolutionAnswer({ number }: { number: number }) {
  const { t } = useTranslation()
  const { desk } = useLive()
  const mine = desk === null ? null : myCall(desk)
  const callId = mine?.part === 'talking' ? mine.call.id : null
  const yes = useCommand()
  const no = useCommand()
  return (
    <>
      <Button
        leftSection={<IconThumbUp size={16} stroke={1.7} />}
        loading={yes.busy}
        onClick={() => yes.run(() => acceptSolution(number, callId), t('ticket.closed'))}
      >
        {t('life.suits')}
      </Button>
      <AskedText
        label={t('life.suitsNot')}
        icon={<IconThumbDown size={16} stroke={1.7} />}
        heading={t('life.whyNot')}
        placeholder={t('life.whyNotExample')}
        send={t('life.suitsNotSend')}
        needed={t('ticket.needed')}
        failure={no.failure}
        busy={no.busy}
        onSend={(text, close) => no.run(() => refuseSolution(number, text, callId), t('life.done.refused'), close)}
      />
      {yes.failure !== null && <Failure text={yes.failure} />}
    </>
  )
}
