import { Button, SegmentedControl, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { groupKind, type Group, type GroupCreation } from '../../server/contract/groups.ts'
import { errorText } from '../api/error-text.ts'
import { changeGroup, createGroup } from '../api/groups.ts'
import { KeyButton } from '../ui/key-button.tsx'
import { Panel } from '../ui/panel.tsx'
import classes from './group-form.module.css'
import gestures from '../ui/form-actions.module.css'
import { MembersField, type Membership } from './members-field.tsx'

/** What is typed, before it is a group: an empty field is none. */
type Draft = {
  readonly name: string
  readonly purpose: string
  readonly kind: Group['kind']
  readonly level: Group['level']
  readonly mail: string
  readonly hours: string
  readonly delayHours: string
  readonly protocol: string
  readonly directoryGroup: string
  readonly retired: boolean
  readonly members: readonly Membership[]
}

const draftOf = (group: Group | null): Draft => ({
  name: group?.name ?? '',
  purpose: group?.purpose ?? '',
  kind: group?.kind ?? 'experts',
  level: group?.level ?? 2,
  mail: group?.mail ?? '',
  hours: group?.hours ?? '',
  delayHours: group?.delayHours?.toString() ?? '',
  protocol: group?.protocol ?? '',
  directoryGroup: group?.directoryGroup ?? '',
  retired: group !== null && group.retiredAt !== null,
  members: group?.members ?? [],
})

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
const asked = ({ members, retired: _retired, ...draft }: Draft): GroupCreation => ({
  ...draft,
  mail: orNull(draft.mail),
  hours: orNull(draft.hours),
  delayHours: draft.delayHours === '' ? null : Number(draft.delayHours),
  directoryGroup: orNull(draft.directoryGroup),
  members: members.map(({ id, part }) => ({ id, part })),
})

type Props = { readonly group: Group | null; readonly membersOnly?: boolean; readonly onDone: (id: string | null) => void }

/** A group being made or changed; a référent changes who is on the list. */
export function GroupForm({ group: inForce, membersOnly = false, onDone }: Props) {
  const { t } = useTranslation()
  // As it was read: what somebody saves meanwhile is not to be written over unseen.
  const [group] = useState(inForce)
  const [draft, setDraft] = useState(() => draftOf(group))
  const edit = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const saving = useMutation({
    mutationFn: () =>
      group === null
        ? createGroup(asked(draft))
        : changeGroup(group.id, { ...asked(draft), version: group.version, retired: draft.retired }),
    onSuccess: (saved) => {
      notifications.show({ message: t('groups.form.saved'), withBorder: true, autoClose: 3_000 })
      onDone(saved.id)
    },
  })
  const mailWrong = draft.mail.trim() !== '' && !/^\S+@\S+\.\S+$/.test(draft.mail.trim())
  const problem = draft.name.trim() === '' ? t('groups.form.nameNeeded') : mailWrong ? t('groups.form.mailWrong') : null
  const save = () => {
    if (problem === null && !saving.isPending) saving.mutate()
  }
  useHotkeys([['mod+Enter', save]], [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save()
  }
  return (
    <Panel heading={t(group === null ? 'groups.form.create' : 'groups.form.edit')}>
      <form className={classes.form} onSubmit={submit} noValidate>
        {!membersOnly && <Description draft={draft} edit={edit} />}
        <MembersField
          members={draft.members}
          fromDirectory={draft.directoryGroup.trim() !== ''}
          onChange={(members) => edit({ members })}
        />
        {group !== null && !membersOnly && (
          <Switch
            label={t('groups.form.retire')}
            description={t('groups.form.retireSays')}
            checked={draft.retired}
            onChange={(event) => edit({ retired: event.currentTarget.checked })}
          />
        )}
        <div className={gestures.actions}>
          <p role="status">{saving.isError ? errorText(saving.error) : problem}</p>
          <Button variant="default" onClick={() => onDone(null)}>
            {t('groups.form.cancel')}
          </Button>
          <KeyButton type="submit" disabled={problem !== null} loading={saving.isPending} keys="Ctrl+Enter">
            {t('groups.form.save')}
          </KeyButton>
        </div>
      </form>
    </Panel>
  )
}

function Description({ draft, edit }: { draft: Draft; edit: (change: Partial<Draft>) => void }) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('groups.form.name')}
        value={draft.name}
        maxLength={60}
        data-autofocus
        onChange={(event) => edit({ name: event.currentTarget.value })}
      />
      <Select
        label={t('groups.form.kind')}
        value={draft.kind}
        data={groupKind.options.map((value) => ({ value, label: t(`groups.kinds.${value}`) }))}
        onChange={(kind) => kind !== null && edit({ kind })}
      />
      <div>
        <span className={classes.label} id="group-level">
          {t('groups.form.level')}
        </span>
        <SegmentedControl
          fullWidth
          aria-labelledby="group-level"
          value={String(draft.level)}
          data={['1', '2', '3']}
          onChange={(level) => edit({ level: level === '1' ? 1 : level === '2' ? 2 : 3 })}
        />
      </div>
      <TextInput
        className={classes.wide ?? ''}
        label={t('groups.form.purpose')}
        placeholder={t('groups.form.purposeExample')}
        value={draft.purpose}
        maxLength={500}
        onChange={(event) => edit({ purpose: event.currentTarget.value })}
      />
      <Textarea
        className={classes.wide ?? ''}
        label={t('groups.form.protocol')}
        description={t('groups.form.protocolSays')}
        autosize
        minRows={3}
        maxLength={5_000}
        value={draft.protocol}
        onChange={(event) => edit({ protocol: event.currentTarget.value })}
      />
      <TextInput
        type="email"
        label={t('groups.form.mail')}
        description={t('groups.form.mailSays')}
        value={draft.mail}
        maxLength={254}
        onChange={(event) => edit({ mail: event.currentTarget.value })}
      />
      <TextInput
        label={t('groups.form.hours')}
        description={t('groups.form.hoursSays')}
        value={draft.hours}
        maxLength={200}
        onChange={(event) => edit({ hours: event.currentTarget.value })}
      />
      <TextInput
        label={t('groups.form.delay')}
        description={t('groups.form.delayUnit')}
        inputMode="numeric"
        value={draft.delayHours}
        maxLength={4}
        onChange={(event) => edit({ delayHours: event.currentTarget.value.replace(/\D/g, '').replace(/^0+/, '') })}
      />
      <TextInput
        className={classes.wide ?? ''}
        label={t('groups.form.directory')}
        description={t('groups.form.directorySays')}
        value={draft.directoryGroup}
        maxLength={500}
        onChange={(event) => edit({ directoryGroup: event.currentTarget.value })}
      />
    </>
  )
}
