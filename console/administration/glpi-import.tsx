import '@mantine/core/styles/Checkbox.css'
import { Button, Checkbox } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { glpiImportPart, type GlpiImport as Import, type GlpiImportPart } from '../../server/contract/glpi.ts'
import { errorText } from '../api/error-text.ts'
import { glpiImportsQuery, importGlpi } from '../api/glpi.ts'
import { count, momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import classes from './glpi-page.module.css'
import neighbour from './neighbour.module.css'
import shared from './shared-calendar-page.module.css'

/** What is in GLPI, taken over once: counted first, then done. */
export function GlpiImport() {
  const { t } = useTranslation()
  const imports = useQuery(glpiImportsQuery).data ?? []
  const [parts, setParts] = useState<readonly GlpiImportPart[]>(glpiImportPart.options)
  const [closedToo, setClosedToo] = useState(false)
  const order = useMutation({ mutationFn: importGlpi })
  const [latest] = imports
  const running = latest !== undefined && latest.endedAt === null
  return (
    <Panel heading={t('glpi.import.heading')}>
      <p className={classes.says}>{t('glpi.import.says')}</p>
      <div className={classes.parts} role="group" aria-label={t('glpi.import.heading')}>
        {glpiImportPart.options.map((part) => (
          <Checkbox
            key={part}
            label={t(`glpi.import.parts.${part}`)}
            checked={parts.includes(part)}
            onChange={(event) => setParts(event.currentTarget.checked ? [...parts, part] : parts.filter((one) => one !== part))}
          />
        ))}
        <Checkbox
          label={t('glpi.import.closedToo')}
          checked={closedToo}
          disabled={!parts.includes('tickets')}
          onChange={(event) => setClosedToo(event.currentTarget.checked)}
        />
      </div>
      <div className={shared.trial}>
        <Button
          variant="default"
          loading={(running || order.isPending) && order.variables?.dry !== false}
          disabled={parts.length === 0 || running}
          onClick={() => order.mutate({ parts: [...parts], dry: true, closedToo })}
        >
          {t('glpi.import.dry')}
        </Button>
        <Button
          loading={(running || order.isPending) && order.variables?.dry === false}
          // Nobody takes over what they have not seen counted.
          disabled={
            parts.length === 0 || running || !imports.some(({ dry, failure, endedAt }) => dry && failure === null && endedAt !== null)
          }
          onClick={() => order.mutate({ parts: [...parts], dry: false, closedToo })}
        >
          {t('glpi.import.go')}
        </Button>
        <div role="status">
          {order.isError && <span className={neighbour.bad}>{errorText(order.error)}</span>}
          {running && t('glpi.import.running')}
        </div>
      </div>
      {latest !== undefined && <Report report={latest} />}
    </Panel>
  )
}

const columns = ['found', 'known', 'made', 'left'] as const

function Report({ report: { at, by, dry, parts, failure } }: { readonly report: Import }) {
  const { t } = useTranslation()
  return (
    <div className={classes.report}>
      <p>
        <strong>{t(dry ? 'glpi.import.counted' : 'glpi.import.done', { when: momentOf(at), who: by })}</strong>
      </p>
      {failure !== null && <p className={neighbour.bad}>{t('glpi.import.failed', { why: failure })}</p>}
      {parts.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('glpi.import.what')}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`glpi.import.columns.${column === 'made' && dry ? 'wouldBe' : column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {parts.map((one) => (
              <tr key={one.part}>
                <th scope="row">{t(`glpi.import.parts.${one.part}`)}</th>
                {columns.map((column) => (
                  <td key={column} className="g-num">
                    {count(one[column])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {parts
        .filter(({ notes }) => notes.length > 0)
        .map(({ part, notes }) => (
          <details key={part}>
            <summary>{t('glpi.import.notes', { what: t(`glpi.import.parts.${part}`).toLowerCase(), count: notes.length })}</summary>
            <ul>
              {notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </details>
        ))}
    </div>
  )
}
