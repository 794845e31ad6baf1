import { Select, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../ui/panel.tsx'
import fields from './fields.module.css'
import { History } from './history.tsx'
import { NumberField } from './number-field.tsx'
import { LinesField } from './lines-field.tsx'
import { LogoField } from './logo-field.tsx'
import { PlacePoster } from './place-poster.tsx'
import { SaveBar } from './save-bar.tsx'
import { useSettings } from './use-settings.ts'

const isSite = (site: string) => /^https?:\/\/[a-z0-9.*-]+(:\d{1,5})?$/.test(site)
const isAddress = (address: string) => /^https?:\/\/\S+\.\S+$/.test(address)
const isTool = (address: string) => /^(?!javascript:|data:|vbscript:|file:|blob:)[a-z][a-z0-9+.-]*:[^\s"<>]+$/i.test(address)
/** « Mot de passe https://… »: a name, then its address. */
const written = ({ name, url }: { readonly name: string; readonly url: string }) => `${name} ${url}`
function readLink(line: string): { name: string; url: string } {
  const [, name = '', url = ''] = /^(.*?)\s*(\S*)$/.exec(line.trim()) ?? []
  return { name: name || url, url }
}

const compliance = ['none', 'partial', 'full'] as const
/** A mail address, or a web one. */
const isContact = (contact: string) => /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(contact) || isAddress(contact)

/** The users' side: its form, its links, who may show it in a frame. */
export default function PortalPage() {
  const { t } = useTranslation()
  const editing = useSettings('portal')
  if (editing === null) return null
  const { value, edit } = editing
  const declared = value.accessibility
  const declare = (change: Partial<typeof declared>) => edit({ accessibility: { ...declared, ...change } })
  const problem = !value.frames.every(isSite)
    ? t('portalSettings.framesWrong')
    : !value.links.every(({ url }) => isAddress(url)) ||
        (value.relayUrl !== null && !isAddress(value.relayUrl)) ||
        !Object.values(value.remote).every((address) => address === null || isTool(address))
      ? t('portalSettings.addressWrong')
      : declared.contact !== null && !isContact(declared.contact)
        ? t('portalSettings.contactWrong')
        : declared.state !== 'none' && declared.audit === null
          ? t('portalSettings.auditMissing')
          : null
  return (
    <>
      <Panel heading={t('portalSettings.form')}>
        <div className={fields.fields}>
          <Switch
            className={fields.wide ?? ''}
            label={t('portalSettings.guests')}
            description={t('portalSettings.guestsSays')}
            checked={value.guests}
            onChange={(event) => edit({ guests: event.currentTarget.checked })}
          />
          <NumberField
            label={t('portalSettings.callbacks')}
            description={t('portalSettings.callbacksSays')}
            unit={t('portalSettings.callbacksUnit')}
            min={0}
            max={50}
            value={value.callbacksPerSlot}
            onChange={(callbacksPerSlot) => edit({ callbacksPerSlot })}
          />
          <Switch
            className={fields.wide ?? ''}
            label={t('portalSettings.pageCalls')}
            description={t('portalSettings.pageCallsSays')}
            checked={value.pageCalls.offered}
            onChange={(event) => edit({ pageCalls: { ...value.pageCalls, offered: event.currentTarget.checked } })}
          />
          {value.pageCalls.offered && (
            <NumberField
              label={t('portalSettings.pageCallsAtOnce')}
              description={t('portalSettings.pageCallsAtOnceSays')}
              unit={t('portalSettings.pageCallsUnit')}
              min={1}
              max={50}
              value={value.pageCalls.atOnce}
              onChange={(atOnce) => edit({ pageCalls: { ...value.pageCalls, atOnce } })}
            />
          )}
          <LinesField
            label={t('portalSettings.qualifications')}
            description={t('portalSettings.qualificationsSays')}
            rows={8}
            lines={value.qualifications}
            onChange={(qualifications) => edit({ qualifications })}
          />
        </div>
      </Panel>
      <Panel heading={t('portalSettings.home')}>
        <div className={fields.fields}>
          <LogoField logo={value.logo} onChange={(logo) => edit({ logo })} />
          <TextInput
            label={t('portalSettings.relay')}
            description={t('portalSettings.relaySays')}
            value={value.relayUrl ?? ''}
            placeholder="https://"
            onChange={(event) => edit({ relayUrl: event.currentTarget.value.trim() || null })}
          />
          <LinesField
            label={t('portalSettings.links')}
            description={t('portalSettings.linksSays')}
            rows={4}
            lines={value.links.map(written)}
            onChange={(lines) => edit({ links: lines.map(readLink) })}
          />
          <LinesField
            label={t('portalSettings.frames')}
            description={t('portalSettings.framesSays')}
            rows={3}
            lines={value.frames}
            onChange={(frames) => edit({ frames })}
          />
        </div>
      </Panel>
      <Panel heading={t('portalSettings.remote')}>
        <div className={fields.fields}>
          {(['caller', 'operator'] as const).map((side) => (
            <TextInput
              key={side}
              label={t(`portalSettings.remoteSide.${side}`)}
              description={t('portalSettings.remoteSays', { code: '{code}' })}
              value={value.remote[side] ?? ''}
              placeholder="https://"
              onChange={(event) => edit({ remote: { ...value.remote, [side]: event.currentTarget.value.trim() || null } })}
            />
          ))}
        </div>
      </Panel>
      <Panel heading={t('portalSettings.accessibility')}>
        <div className={fields.fields}>
          <Select
            label={t('portalSettings.compliance')}
            description={
              <>
                {t('portalSettings.complianceSays')} <a href="/accessibilite">{t('portalSettings.seeDeclaration')}</a>
              </>
            }
            data={compliance.map((state) => ({ value: state, label: t(`portalSettings.complianceStates.${state}`) }))}
            value={declared.state}
            onChange={(state) => declare({ state: compliance.find((one) => one === state) ?? 'none' })}
          />
          <TextInput
            label={t('portalSettings.contact')}
            description={t('portalSettings.contactSays')}
            value={declared.contact ?? ''}
            maxLength={254}
            onChange={(event) => declare({ contact: event.currentTarget.value.trim() || null })}
          />
          <TextInput
            className={fields.wide ?? ''}
            label={t('portalSettings.audit')}
            description={t('portalSettings.auditSays')}
            value={declared.audit ?? ''}
            maxLength={500}
            onChange={(event) => declare({ audit: event.currentTarget.value.trimStart() || null })}
          />
        </div>
      </Panel>
      <PlacePoster />
      <SaveBar {...editing} problem={problem} />
      <History editing={editing} />
    </>
  )
}
