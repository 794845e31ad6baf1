import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutOfScope } from '../../server/contract/out-of-scope.ts'
import { isToldInPerson } from '../../server/contract/vocabulary.ts'
import { tellFailure } from '../api/commands.ts'
import type { Draft } from './draft.ts'
import { NotOursKey } from '../ui/not-ours-key.tsx'
import { saveTicket, type SavedTicket } from './save-sender.ts'

type Props = {
  readonly draft: Draft
  /** What it is about in other words, when it has no title. */
  readonly called: string | null
  /** Some of its files are not there yet. */
  readonly waits: boolean
  readonly onSaved: (draft: Draft, ticket: SavedTicket) => void
}

/** Not for us, said to whoever came in person or written to whoever did not: a closed ticket keeps what was given. */
export function HandRefusal({ draft, called, waits, onSaved }: Props) {
  const { t } = useTranslation()
  const [sending, setSending] = useState(false)
  const refuse = (solution: string, outOfScope: OutOfScope) => {
    if (sending) return
    if (waits) {
      notifications.show({ message: t('files.stillArriving'), color: 'red', withBorder: true })
      return
    }
    setSending(true)
    const title = draft.title.trim() || (called ?? outOfScope.reason.slice(0, 200))
    saveTicket({ ...draft, title, solution }, outOfScope).then(
      (ticket) => onSaved(draft, ticket),
      (error: unknown) => {
        setSending(false)
        tellFailure(error, t('form.failed'))
      },
    )
  }
  const isWrittenTo = draft.email.trim() !== '' && !isToldInPerson(draft.medium)
  return (
    <NotOursKey
      sending={sending}
      answered={isWrittenTo ? t('ending.answerSent', { name: draft.name.trim() || draft.email.trim() }) : t('ending.answerSaid')}
      onRefused={refuse}
    />
  )
}
