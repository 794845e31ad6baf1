import { Button, SegmentedControl, Switch, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Announcing, Disruption, DisruptionKind } from '../../server/contract/disruptions.ts'
import { announceDisruption, updateDisruption } from '../api/disruptions.ts'
import { errorText } from '../api/error-text.ts'
import { settingsQuery } from '../api/settings.ts'
import { CategorySelect } from '../ui/category-select.tsx'
import { Dialog } from '../ui/dialog.tsx'
import classes from './disruptions.module.css'
import { momentTyped, toLocal } from './local-time.ts'

type Typed = {
  readonly kind: DisruptionKind
  readonly title: string
  readonly place: string
  readonly placeId: string | null
  readonly categoryId: string | null
  readonly touched: string
  readonly workaround: string
  readonly open: boolean
  readonly startsAt: string
  readonly expectedEndAt: string
  readonly attach: boolean
  readonly speak: boolean
  readonly fr: string
  readonly en: string
}
/** What is known when a disruption is announced from a suggestion. */
export type Begun = { readonly title: string; readonly categoryId: string | null; readonly placeId: string | null; readonly place: string }

const typedOf = (one: Disruption | null, begun: Begun | null): Typed => ({
  kind: one?.kind ?? 'incident',
  title: one?.title ?? begun?.title ?? '',
  place: one?.place ?? begun?.place ?? '',
  placeId: one?.placeId ?? begun?.placeId ?? null,
  categoryId: one?.categoryId ?? begun?.categoryId ?? null,
  touched: one?.touched ?? '',
  workaround: one?.workaround ?? '',
  open: one === null || one.audience === 'public',
  startsAt: toLocal(one?.startsAt ?? new Date().toISOString()),
  expectedEndAt: one?.expectedEndAt == null ? '' : toLocal(one.expectedEndAt),
  attach: one === null || one.ticket !== null,
  speak: one?.spoken != null,
  fr: one?.spoken?.fr ?? '',
  en: one?.spoken?.en ?? '',
})

type Wrong = Partial<Record<'title' | 'startsAt' | 'expectedEndAt' | 'fr' | 'en', true>>
const momentsOf = ({ startsAt, expectedEndAt }: Typed, one: Disruption | null) =>
  [momentTyped(startsAt, one?.startsAt ?? null), momentTyped(expectedEndAt, one?.expectedEndAt ?? null)] as const

function wrongIn(typed: Typed, one: Disruption | null): Wrong {
  const [start, end] = momentsOf(typed, one)
  return {
    ...(typed.title.trim() === '' && { title: true }),
    ...(start === null && { startsAt: true }),
    ...((typed.kind === 'planned' && end === null) || (end !== null && start !== null && end <= start) ? { expectedEndAt: true } : {}),
    ...(typed.speak && typed.fr.trim() === '' && { fr: true }),
    ...(typed.speak && typed.en.trim() === '' && { en: true }),
  }
}

function announcingOf(typed: Typed, one: Disruption | null): Announcing {
  const { kind, title, place, placeId, categoryId, touched, workaround, open, speak, fr, en } = typed
  const [startsAt, expectedEndAt] = momentsOf(typed, one)
  return {
    kind,
    title,
    place,
    placeId,
    categoryId,
    touched,
    workaround,
    audience: open ? 'public' : 'staff',
    startsAt: startsAt ?? new Date().toISOString(),
    expectedEndAt,
    spoken: speak ? { fr, en } : null,
    ticket: typed.attach || speak ? (one?.ticket ?? 'new') : null,
  }
}

/** What is broken or planned, where, until when, and who is told. */
export function DisruptionForm({
  one,
  begun,
  onDone,
  onClose,
}: {
  one: Disruption | null
  begun: Begun | null
  onDone: () => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(() => typedOf(one, begun))
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const categories = useQuery(settingsQuery).data?.categories.value.categories ?? []
  const edit = (change: Partial<Typed>) => setTyped({ ...typed, ...change })
  const wrong = tried ? wrongIn(typed, one) : {}
  const needed = (field: keyof Wrong) => wrong[field] === true && t('disruptions.form.needed')
  const text = (field: 'title' | 'place' | 'touched' | 'workaround' | 'fr' | 'en' | 'startsAt' | 'expectedEndAt') => ({
    value: typed[field],
    onChange: (event: { currentTarget: { value: string } }) => edit({ [field]: event.currentTarget.value }),
  })
  const save = () => {
    setTried(true)
    if (Object.keys(wrongIn(typed, one)).length > 0) return
    setBusy(true)
    const announcing = announcingOf(typed, one)
    const saving = one === null ? announceDisruption(announcing) : updateDisruption(one.id, { ...announcing, version: one.version })
    saving.then(onDone, (error: unknown) => setFailure(errorText(error))).finally(() => setBusy(false))
  }
  return (
    <Dialog heading={t(one === null ? 'disruptions.form.heading' : 'disruptions.form.headingEdit')} size={640} onClose={onClose}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <SegmentedControl
          aria-label={t('disruptions.form.kind')}
          value={typed.kind}
          onChange={(kind) => edit({ kind })}
          data={(['incident', 'planned'] as const).map((value) => ({ value, label: t(`disruptions.kinds.${value}`) }))}
        />
        <div className={classes.pair}>
          <TextInput
            label={t('disruptions.form.title')}
            placeholder={t('disruptions.form.titleExample')}
            maxLength={120}
            data-autofocus
            error={needed('title')}
            {...text('title')}
          />
          <TextInput
            label={t('disruptions.form.place')}
            placeholder={t('disruptions.form.placeExample')}
            maxLength={120}
            {...text('place')}
          />
        </div>
        <div className={classes.pair}>
          <CategorySelect
            label={t('disruptions.form.category')}
            placeholder={t('disruptions.form.categoryNone')}
            categories={categories}
            trees={['nature', 'service']}
            value={typed.categoryId}
            onChange={(categoryId) => edit({ categoryId })}
          />
          <TextInput
            label={t('disruptions.form.touched')}
            placeholder={t('disruptions.form.touchedExample')}
            maxLength={200}
            {...text('touched')}
          />
        </div>
        <div className={classes.pair}>
          <TextInput
            type="datetime-local"
            label={t(typed.kind === 'planned' ? 'disruptions.form.startsAtPlanned' : 'disruptions.form.startsAt')}
            error={needed('startsAt')}
            {...text('startsAt')}
          />
          <TextInput
            type="datetime-local"
            label={t('disruptions.form.expectedEndAt')}
            error={wrong.expectedEndAt === true && t(typed.expectedEndAt === '' ? 'disruptions.form.needed' : 'disruptions.form.endAfter')}
            {...text('expectedEndAt')}
          />
        </div>
        <Textarea
          label={t('disruptions.form.workaround')}
          placeholder={t('disruptions.form.workaroundExample')}
          rows={2}
          maxLength={1_000}
          {...text('workaround')}
        />
        <Switch
          label={t('disruptions.form.public')}
          description={t('disruptions.form.publicHint')}
          checked={typed.open}
          onChange={(event) => edit({ open: event.currentTarget.checked })}
        />
        <Switch
          label={t('disruptions.form.attach')}
          description={t('disruptions.form.attachHint')}
          checked={typed.attach || typed.speak}
          disabled={typed.speak}
          onChange={(event) => edit({ attach: event.currentTarget.checked })}
        />
        <Switch
          label={t('disruptions.form.speak')}
          description={t('disruptions.form.speakHint')}
          checked={typed.speak}
          onChange={(event) => edit({ speak: event.currentTarget.checked })}
        />
        {typed.speak && (
          <div className={classes.pair}>
            <Textarea
              label={t('disruptions.form.spokenFr')}
              placeholder={t('disruptions.form.spokenFrExample')}
              rows={3}
              maxLength={300}
              error={needed('fr')}
              {...text('fr')}
            />
            <Textarea
              label={t('disruptions.form.spokenEn')}
              placeholder={t('disruptions.form.spokenEnExample')}
              rows={3}
              maxLength={300}
              error={needed('en')}
              {...text('en')}
            />
          </div>
        )}
        {failure !== null && (
          <p role="alert" className={classes.failure}>
            {failure}
          </p>
        )}
        <div className={classes.actions}>
          <Button type="submit" loading={busy}>
            {t(one === null ? 'disruptions.form.save' : 'disruptions.form.saveEdit')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('disruptions.form.close')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
