import { Textarea, TextInput } from '@mantine/core'
import { IconEdit } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Completion } from '../../server/contract/completion.ts'
import { useFoundPeople } from '../api/found-people.ts'
import type { TicketPage } from '../api/queries.ts'
import { receiverQuery } from '../api/redirection.ts'
import { settingsQuery } from '../api/settings.ts'
import { completeTicket } from '../api/ticket-life.ts'
import { Dialog } from '../ui/dialog.tsx'
import { KeyButton } from '../ui/key-button.tsx'
import { PersonField } from '../ui/person-field.tsx'
import { phoneShown } from '../ui/phone.ts'
import { Receiver } from '../ui/receiver.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { SortingFields } from '../ui/sorting-fields.tsx'
import classes from './complete.module.css'
import { Failure } from './failure.tsx'
import { useCommand } from './use-command.ts'

/** Fills in what somebody else noted, or sorts anew. */
export function Complete({ ticket }: { readonly ticket: TicketPage }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  useShortcuts([{ key: 'e', run: () => setOpen(true) }])
  return (
    <>
      <KeyButton variant="default" leftSection={<IconEdit size={16} stroke={1.7} />} keys="E" onClick={() => setOpen(true)}>
        {t('sorting.complete.open')}
      </KeyButton>
      {open && <Fields ticket={ticket} onClose={() => setOpen(false)} />}
    </>
  )
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

function Fields({ ticket, onClose }: { readonly ticket: TicketPage; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const settings = useQuery(settingsQuery).data?.categories.value
  const { run, busy, failure } = useCommand()
  const [before] = useState<Required<Completion>>(() => {
    const { title, summary, requester, urgency, impact, categoryId, placeId } = ticket
    return { title, summary, requester, urgency, impact, categoryId, placeId }
  })
  const [fields, setFields] = useState(before)
  const { requester, categoryId, placeId } = fields
  const verdict = useQuery(receiverQuery({ categoryId, placeId, personId: requester.personId })).data
  const offered = useFoundPeople(requester.personId === null ? requester.name : '')
  const change = (changed: Partial<Completion>) => setFields({ ...fields, ...changed })
  const who = (changed: Partial<typeof requester>) => change({ requester: { ...requester, ...changed } })
  const titled = fields.title.trim() !== ''
  const send = () => {
    // What somebody else fills in meanwhile stays theirs.
    const filled = Object.entries(fields).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Completion]),
    )
    if (titled) run(() => completeTicket(ticket.number, Object.fromEntries(filled)), t('sorting.complete.done'), onClose)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    send()
  }
  return (
    <Dialog heading={t('sorting.complete.heading')} size={640} onClose={onClose}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+Enter saves from any of its fields */}
      <form
        className={classes.form}
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <TextInput
          data-autofocus
          label={t('sorting.complete.title')}
          value={fields.title}
          maxLength={200}
          error={titled ? null : t('form.titleNeeded')}
          onChange={(event) => change({ title: event.currentTarget.value })}
        />
        <Textarea
          label={t('sorting.complete.summary')}
          value={fields.summary}
          rows={4}
          maxLength={20_000}
          onChange={(event) => change({ summary: event.currentTarget.value })}
        />
        <div className={classes.who}>
          <PersonField
            label={t('sorting.complete.name')}
            name={requester.name}
            offered={offered}
            onType={(name) => who({ name, personId: null })}
            onChoose={({ id, name, email, phones }) =>
              who({ personId: id, name, email, phone: requester.phone ?? (phoneShown(phones[0]) || null) })
            }
          />
          <TextInput
            label={t('sorting.complete.email')}
            type="email"
            value={requester.email ?? ''}
            maxLength={254}
            onChange={(event) => who({ email: orNull(event.currentTarget.value) })}
          />
          <TextInput
            label={t('sorting.complete.phone')}
            value={requester.phone ?? ''}
            maxLength={40}
            onChange={(event) => who({ phone: event.currentTarget.value === '' ? null : event.currentTarget.value })}
          />
        </div>
        {settings !== undefined && <SortingFields sorting={fields} settings={settings} onChange={change} />}
        {verdict !== undefined && <Receiver verdict={verdict} />}
        {failure !== null && <Failure text={failure} />}
        <KeyButton type="submit" loading={busy} keys="Ctrl+Enter">
          {t('sorting.complete.send')}
        </KeyButton>
      </form>
    </Dialog>
  )
}
