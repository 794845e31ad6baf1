import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { DomainChange } from '../../server/contract/configuration.ts'
import { i18n } from '../ui/i18n.ts'
import classes from './configuration-page.module.css'

/** @returns how the page of these settings is called; an unknown one, as the file writes it */
export const domainName = (domain: string, t: TFunction): string => {
  const key = `configuration.domains.${domain}`
  return i18n.exists(key) ? t(key as 'configuration.domains.hours') : domain
}

/** A setting in the words of its page; of what is within it, the rest as the file writes it. */
export function FieldName({ domain, field }: { domain: string; field: string }) {
  const { t } = useTranslation()
  const [first = '', ...rest] = field.split('.')
  const key = [`fieldNames.${domain}.${first}`, ...(domain === 'mails' ? [`mailing.names.${first}`] : [])].find((one) => i18n.exists(one))
  if (key === undefined) return <code>{field}</code>
  return (
    <>
      {t(key as 'fieldNames.desk.name')}
      {rest.length > 0 && <code>{rest.join('.')}</code>}
    </>
  )
}

const longest = 120
/** Any value in a few words. */
function inWords(value: unknown, t: TFunction): string {
  if (value === null || value === undefined || value === '') return t('configuration.nothing')
  if (typeof value === 'boolean') return t(value ? 'configuration.yes' : 'configuration.no')
  if (typeof value === 'number') return value.toLocaleString()
  if (typeof value === 'string') return value.length > longest ? `${value.slice(0, longest)}…` : value
  if (Array.isArray(value)) return value.length === 0 ? t('configuration.nothing') : value.map((one) => inWords(one, t)).join(', ')
  const { name, label, title, from, to } = value as Readonly<Record<string, unknown>>
  if (typeof from === 'string' && typeof to === 'string') return `${from} – ${to}`
  for (const named of [name, label, title]) if (typeof named === 'string') return named
  return t('configuration.row')
}

/** What changes in one domain, before and after. */
export function FieldChanges({ domain, fields }: DomainChange) {
  const { t } = useTranslation()
  return (
    <div className={classes.domain}>
      <h3>{domainName(domain, t)}</h3>
      <ul>
        {fields.map(({ field, before, after }) => (
          <li key={field}>
            <span className={classes.field}>
              <FieldName domain={domain} field={field} />
            </span>
            <span>
              <del>{inWords(before, t)}</del> <span aria-hidden="true">→</span> <ins>{inWords(after, t)}</ins>
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
