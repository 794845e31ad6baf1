import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Period,
  ticketCriteria,
  type TicketCriterion,
  type TicketFigure,
  type TicketIndicators,
  type TicketKind,
  ticketUnits,
} from '../../server/contract/indicators.ts'
import type { TicketChoice } from '../api/indicators.ts'
import { count } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { Bars } from './bars.tsx'
import { Figures } from './figures.tsx'
import { Heat } from './heat.tsx'
import classes from './indicators.module.css'
import { TicketDialog } from './ticket-dialog.tsx'
import { definitionOf, shown, stepName, underStep, valueShown, withSource } from './words.ts'

export type Criteria = { readonly by: TicketCriterion; readonly across: TicketCriterion | null }

/** The list behind each figure: what it counts, or the delays it says were not held. */
const listed: Readonly<Partial<Record<TicketFigure, TicketKind>>> = {
  opened: 'opened',
  closed: 'closed',
  firstContact: 'firstContact',
  byPhone: 'byPhone',
  redirected: 'redirected',
  bounced: 'bounced',
  reopened: 'reopened',
  refused: 'refused',
  refusedShare: 'refused',
  takeUpHeld: 'takeUpMissed',
  level1Held: 'level1Missed',
  level2Held: 'level2Missed',
  backlog: 'backlog',
  stale: 'stale',
}
/** Of a share that is to be high, the list holds what it lacks. */
const lacking = ['takeUpMissed', 'level1Missed', 'level2Missed'] as const satisfies readonly TicketKind[]
const lackedIn = (kind: TicketKind) => lacking.find((one) => one === kind)
/** What the table of a criterion says of each value. */
const columns = [
  'opened',
  'closed',
  'firstContact',
  'redirected',
  'bounced',
  'reopened',
  'refused',
  'openFor',
  'takeUpHeld',
  'level1Held',
  'level2Held',
  'backlog',
] as const satisfies readonly TicketFigure[]

type Props = {
  readonly indicators: TicketIndicators
  readonly period: Period
  readonly criteria: Criteria
  /** Null: whatever one may see. */
  readonly entityId: string | null
  /** Whether the university is parted into entities. */
  readonly partitioned: boolean
  readonly onChange: (criteria: Criteria) => void
}

/** Tickets' figures of a period, by one criterion or by two. */
export function Tickets({ indicators, period, criteria, entityId, partitioned, onChange }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<{ choice: TicketChoice; what: string } | null>(null)
  const { figures, before, of, rows, steps, step, hours, ages, by, across, names } = indicators
  const weekdays = t('indicators.weekdays', { returnObjects: true })
  const options = ticketCriteria
    .filter((one) => one !== 'entity' || partitioned)
    .map((value) => ({ value, label: t(`indicators.criterion.${value}`) }))
  const labelOf = (figure: TicketFigure) => t(`indicators.figure.${figure}`, { returnObjects: true })[0]
  const behind = (figure: TicketFigure, kind: TicketKind) => {
    const lacked = lackedIn(kind)
    return lacked === undefined ? labelOf(figure) : t(`indicators.lacking.${lacked}`)
  }
  return (
    <>
      <Figures
        units={ticketUnits}
        figures={figures}
        before={before}
        of={of}
        onOpen={(name) => {
          const kind = listed[name]
          return kind === undefined ? null : () => setOpen({ choice: { kind }, what: behind(name, kind) })
        }}
      />
      <div className={classes.two}>
        <Panel heading={t(`indicators.steps.${step}`)}>
          <Bars
            label={t(`indicators.steps.${step}`)}
            definition={withSource(t('indicators.ticketStepsSay'), 'opened')}
            bars={steps.map(({ from, opened, closed }) => ({
              key: from,
              label: underStep(step, from),
              title: t('indicators.stepOfTickets', { from: stepName(step, from), opened: count(opened), closed: count(closed) }),
              value: opened,
              part: Math.min(opened, closed),
            }))}
          />
        </Panel>
        <Panel heading={t('indicators.ages')}>
          <Bars
            label={t('indicators.ages')}
            definition={withSource(t('indicators.agesSay'), 'backlog')}
            bars={ages.map(({ upToDays, tickets }) => {
              const label = upToDays === null ? t('indicators.older') : t('indicators.upToDays', { count: upToDays })
              return { key: String(upToDays), label, title: `${label} : ${count(tickets)}`, value: tickets, part: tickets }
            })}
          />
        </Panel>
      </div>
      {hours.length > 0 && (
        <Panel heading={t('indicators.ticketHours')}>
          <Heat
            label={t('indicators.ticketHours')}
            definition={definitionOf('opened')}
            hours={hours.map(({ weekday, hour, opened }) => ({ weekday, hour, value: opened }))}
            title={({ weekday, hour, count: opened }) => t('indicators.ticketCell', { weekday, hour, count: opened })}
            onOpen={(weekday, hour) =>
              setOpen({ choice: { kind: 'opened', weekday, hour }, what: `${labelOf('opened')}, ${weekdays[weekday - 1] ?? ''} ${hour} h` })
            }
          />
        </Panel>
      )}
      <Panel heading={t('indicators.by')}>
        <div className={classes.criteria}>
          <Select
            label={t('indicators.by')}
            data={options}
            value={criteria.by}
            allowDeselect={false}
            maxDropdownHeight={420}
            onChange={(next) => next !== null && onChange({ by: next, across: criteria.across === next ? null : criteria.across })}
          />
          <Select
            label={t('indicators.across')}
            data={[{ value: '', label: t('indicators.none') }, ...options.filter((o) => o.value !== criteria.by)]}
            value={criteria.across ?? ''}
            allowDeselect={false}
            maxDropdownHeight={420}
            onChange={(next) => onChange({ ...criteria, across: next === '' ? null : next })}
          />
        </div>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard */}
        <div className={classes.scroll} role="group" aria-label={t('indicators.by')} tabIndex={0}>
          <table className={`${classes.table} ${classes.wide} g-num`}>
            <thead>
              <tr>
                <th scope="col">{t(`indicators.criterion.${by}`)}</th>
                {across !== null && <th scope="col">{t(`indicators.criterion.${across}`)}</th>}
                {columns.map((figure) => (
                  <th key={figure} scope="col" title={t(`indicators.figure.${figure}`, { returnObjects: true })[1]}>
                    {labelOf(figure)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => {
                const [value, other] = [valueShown(by, row.value, names), across === null ? null : valueShown(across, row.across, names)]
                const what = other === null ? value : `${value} × ${other}`
                return (
                  <tr key={`${row.value} ${row.across}`}>
                    <th scope="row">{value}</th>
                    {other !== null && <td className={classes.words}>{other}</td>}
                    {columns.map((figure) => {
                      const [said, kind] = [shown(row.figures[figure] ?? null, ticketUnits[figure]), listed[figure]]
                      const whole = row.of[figure]
                      const nothing = kind !== undefined && row.figures[figure] === (lackedIn(kind) === undefined ? 0 : 1)
                      return (
                        <td key={figure} title={whole === undefined ? undefined : t('indicators.over', { shown: count(whole) })}>
                          {kind === undefined || said === '–' || nothing ? (
                            said
                          ) : (
                            <button
                              type="button"
                              aria-label={`${what}, ${labelOf(figure)} : ${said}, ${t('indicators.ticketsListOf')}`}
                              onClick={() =>
                                setOpen({
                                  choice: { kind, by, value: row.value, across, acrossValue: row.across },
                                  what: `${what}, ${behind(figure, kind)}`,
                                })
                              }
                            >
                              {said}
                            </button>
                          )}
                        </td>
                      )
                    })}
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      </Panel>
      {open !== null && (
        <TicketDialog period={period} choice={{ ...open.choice, entityId }} what={open.what} onClose={() => setOpen(null)} />
      )}
    </>
  )
}
