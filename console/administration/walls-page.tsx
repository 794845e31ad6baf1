import { Button, Select, Switch, TextInput } from '@mantine/core'
import { IconDeviceTv, IconExternalLink, IconLinkOff } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type WallRow, type WallSettings, wallNames, wallSettings } from '../../server/contract/walls.ts'
import { errorText } from '../api/error-text.ts'
import { addWall, changeWall, revokeWall, wallsQuery } from '../api/walls.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Empty } from '../ui/empty.tsx'
import { dateOf, dayOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import classes from './walls-page.module.css'

const none: WallSettings = { name: '', names: 'first', scheme: 'auto', sound: true }

/** The addresses of big screens. */
export default function WallsPage() {
  const { t } = useTranslation()
  const walls = useQuery(wallsQuery).data
  const [draft, setDraft] = useState(none)
  const add = useMutation({ mutationFn: addWall, onSuccess: () => setDraft(none) })
  const revoke = useMutation({ mutationFn: revokeWall })
  if (walls === undefined) return null
  const failure = add.error ?? revoke.error
  return (
    <>
      <p className={classes.says}>{t('wall.settings.says')}</p>
      {walls.length === 0 && (
        <Panel>
          <Empty icon={<IconDeviceTv size={26} stroke={1.6} />} heading={t('wall.settings.empty')} text={t('wall.settings.emptyText')} />
        </Panel>
      )}
      {walls.map((wall) => (
        <Row key={wall.id} wall={wall} onRevoke={() => revoke.mutate(wall.id)} />
      ))}
      <p role="status" className={classes.status}>
        {failure !== null ? errorText(failure) : revoke.isSuccess ? t('wall.settings.revoked') : ''}
      </p>
      <Panel heading={t('wall.settings.add')}>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (draft.name.trim() !== '') add.mutate(draft)
          }}
        >
          <Fields value={draft} onChange={setDraft} />
          <Button type="submit" loading={add.isPending} disabled={draft.name.trim() === ''}>
            {t('wall.settings.add')}
          </Button>
        </form>
        <p className={classes.kiosk}>{t('wall.settings.kiosk')}</p>
      </Panel>
    </>
  )
}

function Row({ wall, onRevoke }: { wall: WallRow; onRevoke: () => void }) {
  const { t } = useTranslation()
  const change = useMutation({ mutationFn: (settings: WallSettings) => changeWall(wall.id, settings) })
  const [name, setName] = useState(wall.name)
  const settings = wallSettings.parse(wall)
  return (
    <Panel heading={wall.name} figure={t('wall.settings.screens', { count: wall.screens })}>
      <div className={classes.row}>
        <p className={classes.address}>
          <code>{wall.url}</code>
          <CopyButton value={wall.url} label={t('wall.settings.copy')} />
        </p>
        <div className={classes.form}>
          <Fields
            value={{ ...settings, name }}
            onChange={(next) => {
              setName(next.name)
              if (next.name === name) change.mutate({ ...next, name: wall.name })
            }}
            onLeave={() => name.trim() !== '' && name.trim() !== wall.name && change.mutate({ ...settings, name })}
          />
        </div>
        {change.isError && <p role="alert">{errorText(change.error)}</p>}
        <div className={classes.actions}>
          <span>{t('wall.settings.made', { day: dayOf(dateOf(wall.createdAt)), who: wall.by })}</span>
          <Button
            component="a"
            href={wall.url}
            target="_blank"
            rel="noreferrer"
            variant="default"
            leftSection={<IconExternalLink size={16} stroke={1.7} />}
          >
            {t('wall.settings.open')}
          </Button>
          <Button variant="default" leftSection={<IconLinkOff size={16} stroke={1.7} />} onClick={onRevoke}>
            {t('wall.settings.revoke')}
          </Button>
        </div>
      </div>
    </Panel>
  )
}

type FieldsProps = { readonly value: WallSettings; readonly onChange: (value: WallSettings) => void; readonly onLeave?: () => void }

function Fields({ value, onChange, onLeave }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        className={classes.name ?? ''}
        label={t('wall.settings.name')}
        placeholder={t('wall.settings.namePlaceholder')}
        maxLength={60}
        value={value.name}
        onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
        {...(onLeave && { onBlur: onLeave })}
      />
      <Select
        label={t('wall.settings.names')}
        w={150}
        data={wallNames.options.map((one) => ({ value: one, label: t(`wall.settings.namesOptions.${one}`) }))}
        value={value.names}
        onChange={(names) => names !== null && onChange({ ...value, names })}
      />
      <Select
        label={t('wall.settings.scheme')}
        w={150}
        data={(['auto', 'light', 'dark'] as const).map((one) => ({ value: one, label: t(`wall.settings.schemes.${one}`) }))}
        value={value.scheme}
        onChange={(scheme) => scheme !== null && onChange({ ...value, scheme })}
      />
      <Switch
        label={t('wall.settings.sound')}
        checked={value.sound}
        onChange={(event) => onChange({ ...value, sound: event.currentTarget.checked })}
      />
    </>
  )
}
