import { Button, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Rota, RotaDay, RotaPost, ShiftHistory } from '../../server/contract/rota.ts'
import { addShift, changeShift, shiftHistoryQuery } from '../api/rota.ts'
import { Dialog } from '../ui/dialog.tsx'
import { dayOf, momentOf } from '../ui/format.ts'
import { posts } from './posts.tsx'
import { takeOff } from './take-off.tsx'
import classes from './shift-dialog.module.css'
import { whyNot } from './why-not.ts'
import type { Who } from './who.ts'

type Shift = RotaDay['shifts'][number]
export type Wanted = { readonly day: string; readonly from: string; readonly to: string }
type Props = {
  readonly operators: Rota['operators']
  readonly who: Who
  /** The shift to look at, or when to put somebody down. */
  readonly about: Shift | Wanted
  readonly onClose: () => void
}

/** One presence: who, when, where; what became of it. Who plans changes it, its holder offers it, a colleague takes it. */
export function ShiftDialog({ operators, who, about, onClose }: Props) {
  const { t } = useTranslation()
  const shift = 'id' in about ? about : null
  const editable = who.plans
  return (
    <Dialog heading={shift === null ? t('rota.add') : t('rota.presence')} size={460} onClose={onClose}>
      <div className={classes.body}>
        {editable && <Fields operators={operators} about={about} onClose={onClose} />}
        {shift !== null && !editable && <Facts shift={shift} />}
        {shift !== null && <Hands shift={shift} who={who} onClose={onClose} />}
        {shift !== null && <History id={shift.id} operators={operators} />}
      </div>
    </Dialog>
  )
}

function Fields({ operators, about, onClose }: Pick<Props, 'operators' | 'about' | 'onClose'>) {
  const { t } = useTranslation()
  const shift = 'id' in about ? about : null
  const [operatorId, setOperator] = useState<string | null>(shift?.operatorId ?? null)
  const [when, setWhen] = useState<Wanted>({ day: about.day, from: about.from, to: about.to })
  const [post, setPost] = useState<RotaPost>(shift?.post ?? 'both')
  const [weeks, setWeeks] = useState(1)
  const [failure, setFailure] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)
  const backwards = when.from >= when.to
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (operatorId === null || backwards) return
    setSaving(true)
    const wanted = { operatorId, ...when, post }
    const saved = shift === null ? addShift({ ...wanted, weeks }) : changeShift(shift.id, wanted)
    saved.then(onClose, (error: unknown) => {
      setSaving(false)
      setFailure(whyNot(error))
    })
  }
  const field = (name: 'day' | 'from' | 'to') => ({
    label: t(`rota.${name}`),
    value: when[name],
    required: true,
    withAsterisk: false,
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => setWhen({ ...when, [name]: value }),
  })
  const postLabel = useId()
  return (
    <form className={classes.fields} onSubmit={submit}>
      <Select
        label={t('rota.who')}
        data={operators.map(({ id, name }) => ({ value: id, label: name }))}
        value={operatorId}
        required
        withAsterisk={false}
        searchable
        data-autofocus={shift === null || undefined}
        comboboxProps={{ withinPortal: true }}
        onChange={setOperator}
      />
      <div className={classes.when}>
        <TextInput type="date" {...field('day')} />
        <TextInput type="time" step={900} {...field('from')} />
        <TextInput type="time" step={900} {...field('to')} error={backwards ? t('rota.backwards') : undefined} />
      </div>
      <div>
        <p className={classes.label} id={postLabel}>
          {t('rota.post')}
        </p>
        <SegmentedControl
          fullWidth
          aria-labelledby={postLabel}
          value={post}
          onChange={(value) => setPost(posts.find((known) => known === value) ?? 'both')}
          data={posts.map((value) => ({ value, label: t(`rota.posts.${value}`) }))}
        />
      </div>
      {shift === null && (
        <NumberInput
          label={t('rota.weeks')}
          description={t('rota.weeksHint')}
          min={1}
          max={52}
          value={weeks}
          onChange={(value) => setWeeks(Number(value) || 1)}
        />
      )}
      {failure !== null && (
        <p className={classes.failure} role="alert">
          {failure}
        </p>
      )}
      <div className={classes.actions}>
        {shift !== null && (
          <Button
            variant="subtle"
            color="alarm"
            onClick={() => {
              onClose()
              takeOff(shift)
            }}
          >
            {t('rota.takeOff')}
          </Button>
        )}
        <Button type="submit" className={classes.save} disabled={operatorId === null || backwards} loading={saving}>
          {shift === null ? t('rota.save') : t('rota.change')}
        </Button>
      </div>
    </form>
  )
}

function Facts({ shift }: { shift: Shift }) {
  const { t } = useTranslation()
  return (
    <p>
      <strong>{shift.name}</strong>
      <br />
      <span className="g-num">{t('rota.when', { day: dayOf(shift.day), from: shift.from, to: shift.to })}</span>
      <br />
      {t(`rota.posts.${shift.post}`)}
    </p>
  )
}

/** How a shift changes hands: offered by its holder, taken by a colleague. */
function Hands({ shift, who, onClose }: { shift: Shift; who: Who; onClose: () => void }) {
  const { t } = useTranslation()
  const [failure, setFailure] = useState<string | null>(null)
  const mine = shift.operatorId === who.id
  const kind = mine ? (shift.offered ? 'keep' : 'offer') : shift.offered && who.takesCalls ? 'take' : null
  if (kind === null && !shift.offered) return null
  const act = () =>
    changeShift(shift.id, kind === 'take' ? { operatorId: who.id } : { offered: kind === 'offer' }).then(onClose, (error: unknown) =>
      setFailure(whyNot(error)),
    )
  return (
    <div className={classes.hands}>
      <p>{t(shift.offered ? (mine ? 'rota.mineOffered' : 'rota.seeksSomebody') : 'rota.mineKept', { name: shift.name })}</p>
      {kind !== null && (
        <Button variant={kind === 'take' ? 'filled' : 'default'} onClick={() => void act()} data-autofocus={!who.plans || undefined}>
          {t(`rota.${kind}`)}
        </Button>
      )}
      {failure !== null && (
        <p className={classes.failure} role="alert">
          {failure}
        </p>
      )}
    </div>
  )
}

function History({ id, operators }: { id: string; operators: Rota['operators'] }) {
  const { t } = useTranslation()
  const told = useQuery(shiftHistoryQuery(id)).data ?? []
  const nameOf = (operatorId: string) => operators.find((o) => o.id === operatorId)?.name ?? operatorId
  if (told.length === 0) return null
  return (
    <section className={classes.history} aria-label={t('rota.history')}>
      <h3>{t('rota.history')}</h3>
      <ol>
        {told.map((line) => (
          <li key={line.at}>
            <span className="g-num">{momentOf(line.at)}</span> {says(line)}
          </li>
        ))}
      </ol>
    </section>
  )

  function says({ by, before, after }: ShiftHistory[number]): string {
    if (after === null) return t('rota.told.removed', { by })
    if (before === null) return t('rota.told.added', { by, name: nameOf(after.operatorId) })
    if (before.operatorId !== after.operatorId)
      return t('rota.told.given', { by, from: nameOf(before.operatorId), name: nameOf(after.operatorId) })
    if (!before.offered && after.offered) return t('rota.told.offered', { by })
    if (before.offered && !after.offered && before.from === after.from) return t('rota.told.kept', { by })
    return t('rota.told.moved', { by, day: dayOf(before.day), from: before.from, to: before.to })
  }
}
