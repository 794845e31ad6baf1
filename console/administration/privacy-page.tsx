import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { retainedKind, type PurgeReports, type RetainedKind } from '../../server/contract/privacy.ts'
import type { SettingsView } from '../../server/contract/settings.ts'
import { purgeReportsQuery } from '../api/privacy.ts'
import { settingsQuery } from '../api/settings.ts'
import { count, dayOf, fullMoment } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { Pill } from '../ui/pill.tsx'
import fields from './fields.module.css'
import { History } from './history.tsx'
import { NumberField } from './number-field.tsx'
import classes from './privacy-page.module.css'
import { SaveBar } from './save-bar.tsx'
import { useSettings } from './use-settings.ts'

/** The least that may be asked for, as the contract has it. */
const edited = [
  ['messages', 7],
  ['calls', 30],
  ['tickets', 90],
  ['mails', 7],
  ['drafts', 2],
  ['sessions', 1],
  ['traces', 30],
  ['left', 30],
] as const

/** For how long each kind of data is kept and why, what went of late, and the record of processing. */
export default function PrivacyPage() {
  const { t } = useTranslation()
  const editing = useSettings('retention')
  const settings = useQuery(settingsQuery).data
  const reports = useQuery(purgeReportsQuery).data
  if (editing === null || settings === undefined) return null
  const { value, edit } = editing
  return (
    <div className={classes.page}>
      <div className={classes.screen}>
        <Panel heading={t('privacy.kept')}>
          <div className={fields.fields}>
            {edited.map(([kind, least]) => (
              <NumberField
                key={kind}
                label={t(`privacy.kinds.${kind}`)}
                description={t(`privacy.why.${kind}`)}
                unit={t('privacy.days')}
                min={least}
                max={3650}
                value={value[kind]}
                onChange={(days) => edit({ [kind]: days })}
              />
            ))}
          </div>
          <p className={classes.note}>{t('privacy.recordingsElsewhere', { count: settings.desk.value.recordingDays })}</p>
        </Panel>
        <SaveBar {...editing} problem={null} />
        {reports !== undefined && <Reports reports={reports} />}
      </div>
      <Record settings={settings} />
      <div className={classes.screen}>
        <History editing={editing} />
      </div>
    </div>
  )
}

/** What the daily purge did. */
function Reports({ reports }: { reports: PurgeReports }) {
  const { t } = useTranslation()
  return (
    <Panel heading={t('privacy.reports')}>
      {reports.length === 0 ? (
        <p className={classes.note}>{t('privacy.noReports')}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may be wider than its frame, and is scrolled by keys
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('privacy.reports')}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('privacy.day')}</th>
                <th scope="col">{t('privacy.kind')}</th>
                <th scope="col">{t('privacy.after')}</th>
                <th scope="col">{t('privacy.removed')}</th>
                <th scope="col">{t('privacy.oldest')}</th>
              </tr>
            </thead>
            <tbody>
              {reports.map((line) => (
                <tr key={`${line.day} ${line.kind}`}>
                  <td>{dayOf(line.day)}</td>
                  <td>{t(`privacy.kinds.${line.kind}`)}</td>
                  <td className="g-num">{t('privacy.nDays', { count: line.days })}</td>
                  <td className="g-num">{count(line.removed)}</td>
                  <td>
                    {line.done ? (
                      line.oldestLeft === null ? (
                        '–'
                      ) : (
                        fullMoment(line.oldestLeft)
                      )
                    ) : (
                      <Pill tone="warn">{t('privacy.underWay')}</Pill>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}

/** The record that article 30 of the GDPR asks for, from the settings in force; it prints alone. */
function Record({ settings }: { settings: SettingsView }) {
  const { t } = useTranslation()
  const { retention, desk, lines, directory } = settings
  const days = (kind: RetainedKind) => (kind === 'recordings' ? desk.value.recordingDays : retention.value[kind])
  const records = lines.value.lines.some(({ recording }) => recording !== 'off')
  const attributes = [directory.value.login, directory.value.name, directory.value.mail, ...directory.value.phones, directory.value.unit]
  const facts = [
    ['purpose', t('privacy.record.purposeText', { desk: desk.value.name })],
    ['basis', t('privacy.record.basisText')],
    ['people', t('privacy.record.peopleText')],
    ['data', t('privacy.record.dataText', { attributes: attributes.join(', ') })],
    ['recipients', t('privacy.record.recipientsText')],
    ['transfers', t('privacy.record.transfersText')],
    ['security', t('privacy.record.securityText')],
    ['recording', t(records ? 'privacy.record.recordingOn' : 'privacy.record.recordingOff')],
  ] as const
  return (
    <section className={classes.record} aria-label={t('privacy.record.heading')}>
      <header>
        <h2>{t('privacy.record.heading')}</h2>
        <Button variant="default" size="xs" leftSection={<IconPrinter size={15} stroke={1.7} />} onClick={() => window.print()}>
          {t('privacy.record.print')}
        </Button>
      </header>
      <dl>
        {facts.map(([name, text]) => (
          <div key={name}>
            <dt>{t(`privacy.record.${name}`)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
        <div>
          <dt>{t('privacy.record.kept')}</dt>
          <dd>
            <ul>
              {retainedKind.options
                .filter((kind) => kind !== 'recordings' || records)
                .map((kind) => (
                  <li key={kind}>
                    {t('privacy.record.keptLine', { kind: t(`privacy.kinds.${kind}`), count: days(kind), why: t(`privacy.why.${kind}`) })}
                  </li>
                ))}
            </ul>
          </dd>
        </div>
      </dl>
    </section>
  )
}
