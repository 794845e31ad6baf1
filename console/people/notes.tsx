import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { noteAudience, type NoteAudience, type PersonNote, type PersonPage } from '../../server/contract/people.ts'
import type { Role } from '../../server/contract/entities.ts'
import { mayCall, noteReaders } from '../../server/contract/rights.ts'
import { tellFailure } from '../api/commands.ts'
import { errorText } from '../api/error-text.ts'
import { eraseNote, writeNote } from '../api/people.ts'
import { sessionQuery } from '../api/queries.ts'
import { fullMoment, momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { Pill } from '../ui/pill.tsx'
import { restOf } from '../ui/rest-of.ts'
import classes from './person-page.module.css'

/** What the desk remembers of somebody, each with its reason. */
export function Notes({ person }: { person: PersonPage }) {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data ?? null
  const may = session !== null && mayCall(session, 'POST /api/people/:id/notes')
  return (
    <Panel heading={t('people.notes')}>
      <div className={classes.content}>
        {person.notes.length === 0 && <p className={classes.quiet}>{t('people.noNotes')}</p>}
        {person.notes.map((note) => (
          <Note key={note.id} personId={person.id} note={note} />
        ))}
        {may && <Write personId={person.id} role={session.role} />}
      </div>
    </Panel>
  )
}

function Note({ personId, note }: { personId: string; note: PersonNote }) {
  const { t } = useTranslation()
  const erase = useMutation({ mutationFn: () => eraseNote(personId, note.id), onError: (error) => tellFailure(error) })
  return (
    <article className={classes.note}>
      {note.text === null ? (
        <p className={classes.gone}>
          {t('people.erased', { who: note.erasedBy ?? '', when: note.erasedAt === null ? '' : momentOf(note.erasedAt) })}
        </p>
      ) : (
        <p>{note.text}</p>
      )}
      <footer>
        <span>
          {note.by},{' '}
          <time dateTime={note.at} title={fullMoment(note.at)}>
            {momentOf(note.at)}
          </time>
        </span>
        <span>{note.reason}</span>
        <Pill>{t(`people.audiences.${note.audience}`)}</Pill>
        {note.mayErase && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            c="var(--g-ink-2)"
            loading={erase.isPending}
            onClick={() => erase.mutate()}
          >
            {t('people.erase')}
          </Button>
        )}
      </footer>
    </article>
  )
}

const nothing = { text: '', reason: '' }
/** What is being typed about somebody, by whoever types it: a call that rings shows the desk. */
const unsent = new Map<string, typeof nothing>()

function Write({ personId, role }: { personId: string; role: Role }) {
  const { t } = useTranslation()
  const me = useQuery(sessionQuery).data?.id ?? ''
  const place = `${me}/${personId}`
  const [{ text, reason }, setTyped] = useState(() => unsent.get(place) ?? nothing)
  const type = (change: Partial<typeof nothing>) => {
    const next = { ...(unsent.get(place) ?? nothing), ...change }
    unsent.set(place, next)
    setTyped(next)
  }
  const offered = noteAudience.options.filter((one) => noteReaders[one].includes(role))
  const [audience, setAudience] = useState<NoteAudience>(offered[0] ?? 'staff')
  const write = useMutation({
    mutationFn: () => writeNote(personId, { text, reason, audience }),
    onSuccess: () => {
      type({ text: restOf(unsent.get(place)?.text ?? '', text), reason: '' })
      notifications.show({ message: t('people.written'), withBorder: true, autoClose: 3_000 })
    },
  })
  const ready = text.trim() !== '' && reason.trim() !== ''
  const send = () => {
    if (ready && !write.isPending) write.mutate()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+Enter writes from any of its fields
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        send()
      }}
    >
      <Textarea
        label={t('people.note')}
        description={t('people.notesSay')}
        rows={2}
        maxLength={2_000}
        value={text}
        onChange={(event) => type({ text: event.currentTarget.value })}
      />
      {text.trim() !== '' && (
        <>
          <div className={classes.pair}>
            <TextInput
              label={t('people.reason')}
              placeholder={t('people.reasonHint')}
              value={reason}
              maxLength={200}
              onChange={(event) => type({ reason: event.currentTarget.value })}
            />
            <NativeSelect
              label={t('people.audience')}
              value={audience}
              data={offered.map((value) => ({ value, label: t(`people.audiences.${value}`) }))}
              onChange={(event) => setAudience(event.currentTarget.value as NoteAudience)}
            />
          </div>
          {write.isError && (
            <p role="alert" className={classes.problem}>
              {errorText(write.error)}
            </p>
          )}
          <Button type="submit" size="xs" disabled={!ready} loading={write.isPending} style={{ justifySelf: 'start' }}>
            {t('people.write')}
          </Button>
        </>
      )}
    </form>
  )
}
