import { Button, Switch } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clashIn, keyFor, shortcutGroups, type OwnKeys, type ShortcutGroup, type ShortcutKey } from '../../server/contract/shortcut-keys.ts'
import { errorText } from '../api/error-text.ts'
import { changePreferences } from '../api/preferences.ts'
import { settingsQuery } from '../api/settings.ts'
import { announcePolitely } from '../ui/announcer.tsx'
import { KeyCap } from '../ui/kbd.tsx'
import { useDeskName, usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { combinedKeys, followKeys, useKeys, written } from '../ui/shortcuts.ts'
import { KeyRow } from './key-row.tsx'
import classes from './keys-page.module.css'

const groups = Object.keys(shortcutGroups) as ShortcutGroup[]

/** Every single key: moved one by one, removed, put back; printed as a poster. */
export function KeysPage() {
  const { t } = useTranslation()
  const own = useKeys()
  const [refused, setRefused] = useState<{ readonly usual: ShortcutKey | null; readonly why: string } | null>(null)
  usePageTitle(t('keys.heading'))
  const name = useDeskName(useQuery(settingsQuery).data?.desk.value.name) ?? t('name.short')

  async function save(change: { keys?: OwnKeys; singleKeys?: boolean }, usual: ShortcutKey | null, said: string): Promise<void> {
    const before = own
    setRefused(null)
    followKeys({ ...own, ...change })
    try {
      await changePreferences(change)
      announcePolitely(said)
    } catch (error) {
      followKeys(before)
      setRefused({ usual, why: errorText(error) })
    }
  }
  /** @param key null: none any more */
  function choose(usual: ShortcutKey, key: string | null): void {
    const { [usual]: _, ...others } = own.keys
    const keys: OwnKeys = key === usual ? others : { ...others, [usual]: key }
    const clash = clashIn(keys)
    const other = clash?.find((one) => one !== usual)
    if (key !== null && other !== undefined) {
      setRefused({ usual, why: t('ownKeys.taken', { key: written(key), what: t(`ownKeys.does.${other}`) }) })
      return
    }
    const what = t(`ownKeys.does.${usual}`)
    void save({ keys }, usual, key === null ? t('ownKeys.removed', { what }) : t('ownKeys.changed', { key: written(key), what }))
  }
  const moved = Object.keys(own.keys).length > 0
  return (
    <Page
      poster
      heading={
        <>
          <span className={classes.onScreen}>{t('keys.heading')}</span>
          <span className={classes.onPaper} aria-hidden="true">
            {t('ownKeys.poster', { name })}
          </span>
        </>
      }
      aside={
        <span className={classes.aside}>
          {moved && (
            <Button variant="default" size="xs" onClick={() => void save({ keys: {} }, null, t('ownKeys.resetAllDone'))}>
              {t('ownKeys.resetAll')}
            </Button>
          )}
          <Button size="xs" leftSection={<IconPrinter size={15} stroke={1.7} aria-hidden="true" />} onClick={() => window.print()}>
            {t('ownKeys.print')}
          </Button>
        </span>
      }
    >
      <div className={classes.intro}>
        <p>{t('ownKeys.intro')}</p>
        <Switch
          checked={own.singleKeys}
          onChange={(event) => void save({ singleKeys: event.currentTarget.checked }, null, t('keys.toggle'))}
          label={t('keys.toggle')}
        />
        {refused?.usual === null && <p role="alert">{refused.why}</p>}
      </div>
      <div className={classes.groups} data-off={!own.singleKeys || undefined}>
        {groups.map((group) => (
          <Panel key={group} heading={t(`ownKeys.groups.${group}`)}>
            <ul className={classes.list}>
              {shortcutGroups[group].map((usual) => (
                <KeyRow
                  key={usual}
                  usual={usual}
                  current={keyFor(usual, own.keys)}
                  refused={refused?.usual === usual ? refused.why : null}
                  onRefused={(why) => setRefused(why === null ? null : { usual, why })}
                  onChosen={(key) => choose(usual, key)}
                />
              ))}
            </ul>
          </Panel>
        ))}
        <Panel heading={t('ownKeys.combined')}>
          <ul className={classes.list}>
            {combinedKeys.map(([keys, what]) => (
              <li key={keys} className={classes.row}>
                <span className={classes.what}>{t(`keys.${what}`)}</span>
                <KeyCap keys={keys} />
              </li>
            ))}
          </ul>
        </Panel>
      </div>
      <p className={classes.foot}>{t('ownKeys.posterFoot')}</p>
    </Page>
  )
}
