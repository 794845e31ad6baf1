import { Button, Select, TagsInput, TextInput } from '@mantine/core'
import { IconMailForward, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type IndicatorMail, type IndicatorMailSettings, indicatorMailSettings } from '../../server/contract/indicator-mails.ts'
import type { FigureEntities } from '../../server/contract/indicators.ts'
import { errorText } from '../api/error-text.ts'
import { addIndicatorMail, changeIndicatorMail, indicatorMailsQuery, removeIndicatorMail } from '../api/indicator-mails.ts'
import { figureEntitiesQuery } from '../api/indicators.ts'
import { Empty } from '../ui/empty.tsx'
import { momentOf } from '../ui/format.ts'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import classes from './walls-page.module.css'

const none: IndicatorMailSettings = { name: '', every: 'week', hour: 7, addresses: [], language: 'fr', paused: false, entityId: null }

/** The same for whoever has no settings, as a page of its own. */
export function IndicatorMailsRoute() {
  const { t } = useTranslation()
  usePageTitle(t('settings.pages.indicatorMails'))
  return (
    <Page heading={t('settings.pages.indicatorMails')}>
      <p>
        <Link to="/console/indicateurs">{t('indicators.mails.back')}</Link>
      </p>
      <IndicatorMailsPage />
    </Page>
  )
}

/** Which indicators go out by mail, to whom and how often. */
export default function IndicatorMailsPage() {
  const { t } = useTranslation()
  const mails = useQuery(indicatorMailsQuery).data
  const scope = useQuery(figureEntitiesQuery).data
  const [draft, setDraft] = useState(none)
  const add = useMutation({ mutationFn: addIndicatorMail, onSuccess: () => setDraft(none) })
  if (mails === undefined || scope === undefined) return null
  // Whoever may not send the whole begins with the first of theirs.
  const wanted = { ...draft, entityId: draft.entityId ?? (scope.whole ? null : (scope.entities[0]?.id ?? null)) }
  if (!scope.whole && scope.entities.length === 0)
    return (
      <Panel>
        <Empty
          icon={<IconMailForward size={26} stroke={1.6} />}
          heading={t('indicators.mails.noneTheirs')}
          text={t('indicators.mails.noneTheirsText')}
        />
      </Panel>
    )
  return (
    <>
      <p className={classes.says}>{t('indicators.mails.says')}</p>
      {mails.length === 0 && (
        <Panel>
          <Empty
            icon={<IconMailForward size={26} stroke={1.6} />}
            heading={t('indicators.mails.empty')}
            text={t('indicators.mails.emptyText')}
          />
        </Panel>
      )}
      {mails.map((mail) => (
        <Row key={mail.id} mail={mail} scope={scope} />
      ))}
      <Panel heading={t('indicators.mails.add')}>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (indicatorMailSettings.safeParse(wanted).success) add.mutate(wanted)
          }}
        >
          <Fields value={wanted} scope={scope} onChange={setDraft} />
          <Button type="submit" loading={add.isPending} disabled={!indicatorMailSettings.safeParse(wanted).success}>
            {t('indicators.mails.add')}
          </Button>
        </form>
        {add.isError && (
          <p role="alert" className={classes.kiosk}>
            {errorText(add.error)}
          </p>
        )}
      </Panel>
    </>
  )
}

function Row({ mail, scope }: { mail: IndicatorMail; scope: FigureEntities }) {
  const { t } = useTranslation()
  const [value, setValue] = useState(indicatorMailSettings.parse(mail))
  const change = useMutation({ mutationFn: (settings: IndicatorMailSettings) => changeIndicatorMail(mail.id, settings) })
  const remove = useMutation({ mutationFn: () => removeIndicatorMail(mail.id) })
  const changed = JSON.stringify(value) !== JSON.stringify(indicatorMailSettings.parse(mail))
  const failure = change.error ?? remove.error
  const pause = () => {
    const next = { ...value, paused: !mail.paused }
    setValue(next)
    change.mutate(next)
  }
  return (
    <Panel
      heading={mail.name}
      figure={mail.paused ? t('indicators.mails.paused') : t('indicators.mails.next', { at: momentOf(mail.nextAt) })}
    >
      <div className={classes.row}>
        <div className={classes.form}>
          <Fields value={value} scope={scope} onChange={setValue} />
        </div>
        {failure !== null && <p role="alert">{errorText(failure)}</p>}
        <div className={classes.actions}>
          <span>
            {mail.lastAt === null ? t('indicators.mails.never') : t('indicators.mails.last', { at: momentOf(mail.lastAt) })} ·{' '}
            {t('indicators.mails.by', { who: mail.by })}
          </span>
          <Button
            disabled={!changed || !indicatorMailSettings.safeParse(value).success}
            loading={change.isPending}
            onClick={() => change.mutate(value)}
          >
            {t('indicators.mails.save')}
          </Button>
          <Button
            variant="default"
            leftSection={mail.paused ? <IconPlayerPlay size={16} stroke={1.7} /> : <IconPlayerPause size={16} stroke={1.7} />}
            onClick={pause}
          >
            {mail.paused ? t('indicators.mails.resume') : t('indicators.mails.pause')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconTrash size={16} stroke={1.7} />}
            loading={remove.isPending}
            onClick={() => remove.mutate()}
          >
            {t('indicators.mails.remove')}
          </Button>
        </div>
      </div>
    </Panel>
  )
}

type FieldsProps = {
  readonly value: IndicatorMailSettings
  readonly scope: FigureEntities
  readonly onChange: (value: IndicatorMailSettings) => void
}

function Fields({ value, scope, onChange }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        className={classes.name ?? ''}
        label={t('indicators.mails.name')}
        placeholder={t('indicators.mails.namePlaceholder')}
        maxLength={80}
        value={value.name}
        onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
      />
      {scope.entities.length > 0 && (
        <Select
          label={t('indicators.mails.of')}
          w={260}
          allowDeselect={false}
          searchable
          data={[
            ...(scope.whole ? [{ value: '', label: t('indicators.mails.whole') }] : []),
            ...scope.entities.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={value.entityId ?? ''}
          onChange={(entityId) => onChange({ ...value, entityId: entityId === '' ? null : entityId })}
        />
      )}
      <Select
        label={t('indicators.mails.every')}
        w={190}
        allowDeselect={false}
        data={(['day', 'week', 'month'] as const).map((one) => ({ value: one, label: t(`indicators.mails.rhythms.${one}`) }))}
        value={value.every}
        onChange={(every) => every !== null && onChange({ ...value, every })}
      />
      <Select
        label={t('indicators.mails.hour')}
        w={100}
        allowDeselect={false}
        data={Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: t('indicators.mails.hourOf', { hour }) }))}
        value={String(value.hour)}
        onChange={(hour) => hour !== null && onChange({ ...value, hour: Number(hour) })}
      />
      <Select
        label={t('indicators.mails.language')}
        w={130}
        allowDeselect={false}
        data={[
          { value: 'fr', label: 'Français' },
          { value: 'en', label: 'English' },
        ]}
        value={value.language}
        onChange={(language) => language !== null && onChange({ ...value, language })}
      />
      <TagsInput
        className={classes.addresses ?? ''}
        label={t('indicators.mails.addresses')}
        placeholder={value.addresses.length === 0 ? 'direction@universite.fr' : ''}
        value={[...value.addresses]}
        splitChars={[',', ';', ' ']}
        acceptValueOnBlur
        maxTags={20}
        onChange={(addresses) => onChange({ ...value, addresses })}
      />
    </>
  )
}
