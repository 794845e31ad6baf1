import { Button, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconDeviceFloppy } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { memo, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { asksVerified, categoryName } from '../../server/contract/category-tree.ts'
import type { CallView, Person } from '../../server/contract/entities.ts'
import { errorText } from '../api/error-text.ts'
import { receiverQuery } from '../api/redirection.ts'
import { settingsQuery } from '../api/settings.ts'
import { timeOf } from '../ui/format.ts'
import { KeyButton } from '../ui/key-button.tsx'
import { PhraseField } from '../ui/phrase-field.tsx'
import { Pill } from '../ui/pill.tsx'
import { Receiver } from '../ui/receiver.tsx'
import { SortingFields, type Sorting } from '../ui/sorting-fields.tsx'
import { useFiles } from '../ui/use-files.ts'
import { useWanted } from '../ui/wanted.ts'
import { isUntouched, withText, type Draft, type TextField } from './draft.ts'
import { problems, sorted, withPerson } from './draft-edits.ts'
import { phoneShown } from '../ui/phone.ts'
import { useStable } from '../ui/stable.ts'
import { sessionQuery } from '../api/queries.ts'
import { AsksIdentity } from './asks-identity.tsx'
import { TemplateMenu } from './template-menu.tsx'
import { DraftNotice } from './draft-notice.tsx'
import { Endings } from './endings.tsx'
import { filePlaceOf, FormFiles } from './form-files.tsx'
import { HandRefusal } from './hand-refusal.tsx'
import { InCopy } from './in-copy.tsx'
import { MediumMenu } from './medium-menu.tsx'
import { RequesterFields } from './requester-fields.tsx'
import { mayPass, saveTicket, type SavedTicket } from './save-sender.ts'
import classes from './ticket-form.module.css'

type Props = {
  draft: Draft
  call: CallView | null
  onChange: (draft: Draft) => void
  onSaved: (draft: Draft, ticket: SavedTicket) => void
  /** Could not be saved, and may be later. */
  onVain: (draft: Draft) => void
  onDiscard: (draft: Draft) => void
  /** Left for later, as it stands. */
  onPark: () => void
  /** Its call has ended otherwise than by this ticket. */
  onSettled: (draft: Draft) => void
}

const areaClass = { input: classes.area ?? '' }

/** The ticket being written. Every keystroke is kept; a save that fails changes nothing. */
export default memo(function TicketForm({ draft, call, onChange, onSaved, onVain, onDiscard, onPark, onSettled }: Props) {
  const { t } = useTranslation()
  const [tried, setTried] = useState<'save' | 'solve' | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const title = useRef<HTMLInputElement>(null)
  const solution = useRef<HTMLTextAreaElement>(null)
  const email = useRef<HTMLInputElement>(null)
  const wrong = tried === null ? {} : problems(draft, tried === 'solve')
  const save = useMutation({
    mutationFn: (written: Draft) => saveTicket(written),
    onSuccess: (ticket, written) => onSaved(written, ticket),
    onError: (error, written) => {
      if (mayPass(error)) onVain(written)
    },
  })
  const settings = useQuery(settingsQuery).data
  const categories = settings?.categories.value
  const me = useQuery(sessionQuery).data
  const files = useFiles(filePlaceOf(draft, me?.id ?? ''))
  // Asked for while files are on their way: it is saved once they are there.
  const [held, setHeld] = useState<'save' | 'solve' | null>(null)
  const attempt = (how: 'save' | 'solve') => {
    if (save.isPending) return
    setTried(how)
    if (files.stranded) return
    if (files.arriving) return setHeld(how)
    // Nobody on the telephone waits for a title: what it is about will do.
    const called = draft.title.trim() === '' ? categoryName(categories?.categories ?? [], draft.categoryId) : null
    const written = called === null ? draft : withText(draft, 'title', called, new Date().toISOString())
    const found = problems(written, how === 'solve')
    if (found.title) title.current?.focus()
    else if (found.email) email.current?.focus()
    else if (found.solution) solution.current?.focus()
    else {
      if (written !== draft) onChange(written)
      save.mutate(written)
    }
  }
  const failedFiles = files.files.filter(({ failure }) => failure !== null).length
  const failedBefore = useRef(failedFiles)
  useEffect(() => {
    if (held !== null && !files.arriving) {
      setHeld(null)
      // One that was refused meanwhile is for its writer to see first.
      if (failedFiles <= failedBefore.current) attempt(held)
    }
    if (held === null) failedBefore.current = failedFiles
    // oxlint-disable-next-line react/exhaustive-deps -- the draft of the moment is what is saved
  }, [held, files.arriving, failedFiles])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    if (event.ctrlKey || event.metaKey) attempt('save')
    else if (event.shiftKey) attempt('solve')
    else return
    event.preventDefault()
  }
  // The operator writes as soon as the conversation starts: the title waits for them.
  const talking = call?.status === 'talking'
  useEffect(() => {
    if (talking && !document.activeElement?.matches('input, textarea')) title.current?.focus()
  }, [talking])
  // Somebody stands before me: who they are comes first, and is asked of the directory.
  useWanted((id) => {
    if (id !== draft.key || draft.callId !== null) return false
    // After the page itself has taken the focus.
    window.setTimeout(() => form.current?.querySelector<HTMLInputElement>('[data-field=name]')?.focus())
    return true
  })
  const edit = (field: TextField, value: string) => onChange(withText(draft, field, value, new Date().toISOString()))
  const closes = draft.solution.trim() !== ''
  const values = { nom: draft.name, titre: draft.title, opérateur: me?.name ?? '', guichet: settings?.desk.value.name ?? '' }
  const { categoryId, placeId, personId, urgency, impact } = draft
  const sorting = useMemo(() => ({ categoryId, placeId, urgency, impact }), [categoryId, placeId, urgency, impact])
  // What is not being typed in stays as it was drawn.
  const parts = useStable({
    edit,
    values: () => values,
    summary: (text: string) => edit('summary', text),
    solution: (text: string) => edit('solution', text),
    sort: (change: Partial<Sorting>) => onChange(sorted(draft, change, new Date().toISOString())),
    choose: (person: Person) => onChange(withPerson(draft, person, phoneShown(person.phones[0]))),
  })
  const solutionLabel = useMemo(
    () => (
      <>
        {t('form.solution')} <span className={classes.hint}>({t('form.solutionHint')})</span>
      </>
    ),
    [t],
  )
  const receiver = useQuery({ ...receiverQuery({ categoryId, placeId, personId }), enabled: categoryId !== null }).data

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+Enter and Shift+Enter save from any of its fields
    <form
      ref={form}
      className={classes.form}
      aria-label={t('form.heading')}
      noValidate
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        attempt('save')
      }}
    >
      <div className={classes.fields}>
        <header className={classes.header}>
          <h2>{t('form.heading')}</h2>
          {draft.callId === null ? <MediumMenu draft={draft} onChange={onChange} /> : <Pill>{t('form.phone')}</Pill>}
          {draft.callId !== null && draft.ended && (
            <Pill tone="warn" icon={<IconAlertTriangle size={13} stroke={1.8} />}>
              {t('form.afterCall')}
            </Pill>
          )}
          <TemplateMenu draft={draft} values={values} onChange={onChange} />
          {draft.editedAt !== null && (
            <span className={`${classes.edited} g-num`}>{t('form.edited', { time: timeOf(draft.editedAt) })}</span>
          )}
        </header>
        <DraftNotice draft={draft} onChange={onChange} onDrop={onSettled} />
        <RequesterFields
          name={draft.name}
          email={draft.email}
          phone={draft.phone}
          personId={personId}
          call={call}
          onEdit={parts.edit}
          onChoose={parts.choose}
          emailRef={email}
          emailWrong={wrong.email === true}
        />
        {asksVerified(categories?.categories ?? [], categoryId) && <AsksIdentity draft={draft} call={call} onChange={onChange} />}
        <InCopy draft={draft} call={call} onChange={onChange} />
        <TextInput
          ref={title}
          label={t('form.title')}
          placeholder={t('form.titlePlaceholder')}
          value={draft.title}
          maxLength={200}
          required
          withAsterisk={false}
          error={wrong.title && t('form.titleNeeded')}
          onChange={(e) => edit('title', e.currentTarget.value)}
          data-field="title"
          autoComplete="off"
        />
        <PhraseField
          values={parts.values}
          label={t('form.summary')}
          placeholder={t('form.summaryPlaceholder')}
          value={draft.summary}
          maxLength={20_000}
          rows={5}
          onText={parts.summary}
          classNames={areaClass}
        />
        {me !== undefined && me !== null && (
          <FormFiles
            draft={draft}
            me={me.id}
            files={files}
            most={settings?.tickets.value.attachmentsEach ?? 0}
            form={form}
            onChange={onChange}
          />
        )}
        {categories !== undefined && <SortingFields sorting={sorting} settings={categories} onChange={parts.sort} />}
        {draft.categoryId !== null && receiver !== undefined && <Receiver verdict={receiver} />}
        <PhraseField
          box={solution}
          values={parts.values}
          label={solutionLabel}
          placeholder={t('form.solutionPlaceholder')}
          value={draft.solution}
          maxLength={20_000}
          autosize={false}
          rows={2}
          error={wrong.solution && t('form.solutionNeeded')}
          onText={parts.solution}
        />
      </div>
      <div className={classes.actions}>
        {(save.isError || draft.wanted) && (
          <p role="alert" className={classes.failure}>
            <IconAlertTriangle size={16} stroke={1.7} aria-hidden="true" />
            <span>
              <strong>{t('form.failed')}</strong> {save.isError && errorText(save.error)} {draft.wanted && t('form.again')}
            </span>
          </p>
        )}
        {tried !== null && (files.stranded || held !== null) && (
          <p role="alert" className={classes.failure} data-waits={held !== null || undefined}>
            {t(files.stranded ? 'files.stranded' : 'files.savedOnceThere')}
          </p>
        )}
        <KeyButton
          type="submit"
          loading={save.isPending || held !== null}
          leftSection={<IconDeviceFloppy size={16} stroke={1.7} />}
          keys="Ctrl+Enter"
        >
          {closes ? t('form.saveAndClose') : t('form.save')}
        </KeyButton>
        <KeyButton variant="default" leftSection={<IconCheck size={16} stroke={1.7} />} keys="Shift+Enter" onClick={() => attempt('solve')}>
          {t('form.solved')}
        </KeyButton>
        {draft.callId !== null && !draft.over && <Endings draft={draft} callId={draft.callId} onSettled={onSettled} />}
        {draft.callId === null && (
          <HandRefusal
            draft={draft}
            called={categoryName(categories?.categories ?? [], draft.categoryId)}
            waits={files.arriving || files.stranded}
            onSaved={onSaved}
          />
        )}
        {draft.callId === null && (
          <div className={classes.others}>
            <Button variant="subtle" color="gray" c="var(--g-ink-2)" disabled={isUntouched(draft)} onClick={onPark}>
              {t('work.park')}
            </Button>
            <Button variant="subtle" color="gray" c="var(--g-ink-2)" onClick={() => onDiscard(draft)}>
              {t('form.discard')}
            </Button>
          </div>
        )}
      </div>
    </form>
  )
})
