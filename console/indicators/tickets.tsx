import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ticketCriteria, type TicketCriterion, type TicketIndicators, ticketUnits } from '../../server/contract/indicators.ts'
import { count, dayOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { Bars } from './bars.tsx'
import { Figures } from './figures.tsx'
import classes from './indicators.module.css'
import { valueShown } from './words.ts'

export type Criteria = { readonly by: TicketCriterion; readonly across: TicketCriterion | null }

/** Tickets' figures of a period, by one criterion or by two. */
export function Tickets({
  indicators,
  criteria,
  onChange,
}: {
  indicators: TicketIndicators
  criteria: Criteria
  onChange: (criteria: Criteria) => void
}) {
  const { t } = useTranslation()
  const { figures, before, rows, steps, step } = indicators
  const options = ticketCriteria.map((value) => ({ value, label: t(`indicators.criterion.${value}`) }))
  return (
    <>
      <Figures units={ticketUnits} figures={figures} before={before} />
      <Panel heading={t(`indicators.steps.${step}`)}>
        <Bars
          label={t(`indicators.steps.${step}`)}
          bars={steps.map(({ from, opened, closed }) => ({
            key: from,
            label: dayOf(from),
            title: t('indicators.stepOfTickets', { from: dayOf(from), opened: count(opened), closed: count(closed) }),
            value: opened,
            part: Math.min(opened, closed),
          }))}
        />
      </Panel>
      <Panel heading={t('indicators.by')}>
        <div className={classes.criteria}>
          <Select
            label={t('indicators.by')}
            data={options}
            value={criteria.by}
            allowDeselect={false}
            onChange={(by) => by !== null && onChange({ by, across: criteria.across === by ? null : criteria.across })}
          />
          <Select
            label={t('indicators.across')}
            data={[{ value: '', label: t('indicators.none') }, ...options.filter((o) => o.value !== criteria.by)]}
            value={criteria.across ?? ''}
            allowDeselect={false}
            onChange={(across) => onChange({ ...criteria, across: across === '' ? null : across })}
          />
        </div>
        <table className={`${classes.table} g-num`}>
          <thead>
            <tr>
              <th scope="col">{t(`indicators.criterion.${indicators.by}`)}</th>
              {indicators.across !== null && <th scope="col">{t(`indicators.criterion.${indicators.across}`)}</th>}
              <th scope="col">{t('indicators.figure.opened', { returnObjects: true })[0]}</th>
              <th scope="col">{t('indicators.figure.closed', { returnObjects: true })[0]}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.value} ${row.across}`}>
                <th scope="row">{valueShown(indicators.by, row.value)}</th>
                {indicators.across !== null && <td>{valueShown(indicators.across, row.across)}</td>}
                <td>{count(row.opened)}</td>
                <td>{count(row.closed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </>
  )
}
