import { notifications } from '@mantine/notifications'
import { IconArrowForwardUp, IconLink, IconNotesOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DispositionOrder } from '../../server/contract/dispositions.ts'
import { disposeCall } from '../api/after-calls.ts'
import { tellFailure } from '../api/commands.ts'
import { transfer } from '../api/conversation.ts'
import { useLive } from '../live/use-live.ts'
import { Choice } from '../ui/choice.tsx'
import { momentOf } from '../ui/format.ts'
import { KeyButton } from '../ui/key-button.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { allArrived } from '../ui/use-files.ts'
import { creationOf, saidIn, type Draft } from './draft.ts'
import { draftsOf } from './drafts.ts'
import classes from './endings.module.css'
import { filePlaceOf } from './form-files.tsx'
import { NotOurs } from '../ui/not-ours.tsx'
import { usePageTicket, useTheirTickets } from './their-tickets.ts'

const whys = ['wrong', 'silent', 'answered', 'test'] as const

type Props = { readonly draft: Draft; readonly callId: string; readonly onSettled: (draft: Draft) => void }

/** How a call ends without a ticket of its own: added to one, not for us, nothing to note. */
export function Endings({ draft, callId, onSettled }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'attach' | 'refuse' | 'nothing' | null>(null)
  const { desk } = useLive()
  const call = desk?.calls.find((c) => c.id === callId)
  const talking = call?.status === 'talking' && call.operatorId === desk?.me
  const tickets = useTheirTickets(callId, draft.personId).open
  const from = usePageTicket(callId)
  const opened = (what: typeof open) => (shown: boolean) => setOpen(shown ? what : null)
  const [sending, setSending] = useState(false)
  const settle = (order: DispositionOrder, said: string, after: () => void = () => undefined) => {
    if (sending) return
    setSending(true)
    // What was typed stays until it has been taken in.
    if (order.kind !== 'refused') setOpen(null)
    disposeCall(callId, order).then(
      () => {
        setOpen(null)
        setSending(false)
        after()
        onSettled(draft)
        notifications.show({ message: said, withBorder: true })
      },
      (error: unknown) => {
        setSending(false)
        tellFailure(error, t('form.failed'))
      },
    )
  }
  useShortcuts([
    { key: 'l', run: () => setOpen('attach') },
    { key: 'o', run: () => setOpen('refuse') },
  ])
  /** With all that was brought, once it is there, and who was put in copy. */
  const attach = async (number: number) => {
    setOpen(null)
    const me = desk?.me ?? ''
    const waits = () => notifications.show({ message: t('files.attachedOnceThere'), withBorder: true })
    if (!(await allArrived(filePlaceOf(draft, me).id, waits)))
      return notifications.show({ message: t('files.stranded'), color: 'red', withBorder: true })
    const written =
      draftsOf(me)
        .get()
        .drafts.find(({ key }) => key === draft.key) ?? draft
    const { observers, attachments } = creationOf(written)
    const text = saidIn(written)
    return settle({ kind: 'attached', ticket: number, text, attachments, observers }, t('ending.attached', { number }))
  }
  return (
    <div className={classes.endings} role="group" aria-label={t('ending.label')}>
      <Choice
        opened={open === 'attach'}
        onOpened={opened('attach')}
        label={t('ending.attach')}
        icon={<IconLink size={16} stroke={1.7} />}
        shortcut="L"
        heading={t('ending.attachTo')}
        none={t(draft.personId === null ? 'context.unknown' : 'context.noneOpen')}
        choices={tickets.map(({ number, title, openedAt }) => ({
          key: String(number),
          text: title,
          aside: [`n° ${number}`, momentOf(openedAt), number === from && t('fromPage.here')].filter(Boolean).join(' · '),
        }))}
        onChosen={({ key }) => void attach(Number(key))}
      />
      <KeyButton
        size="xs"
        variant="default"
        leftSection={<IconArrowForwardUp size={16} stroke={1.7} />}
        keys="O"
        onClick={() => setOpen('refuse')}
      >
        {t('ending.refuse')}
      </KeyButton>
      {draft.answered && (
        <Choice
          opened={open === 'nothing'}
          onOpened={opened('nothing')}
          label={t('ending.nothing')}
          icon={<IconNotesOff size={16} stroke={1.7} />}
          shortcut={null}
          heading={t('ending.nothingWhy')}
          none=""
          choices={whys.map((why) => ({ key: why, text: t(`ending.whys.${why}`) }))}
          onChosen={(why) => settle({ kind: 'nothing', reason: why.text }, t('ending.noted'))}
        />
      )}
      {open === 'refuse' && (
        <NotOurs
          onClose={() => setOpen(null)}
          sending={sending}
          mayTransfer={talking}
          {...(call !== undefined && { language: call.language })}
          onRefused={(reason, target, transferred) =>
            settle({ kind: 'refused', reason, target }, t('ending.refused'), () => {
              if (transferred && target !== null) transfer(callId, { kind: 'number', ...target })
            })
          }
        />
      )}
    </div>
  )
}
