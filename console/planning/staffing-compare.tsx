import { useTranslation } from 'react-i18next'
import { bestNeed, type Staffing, type StaffingMethod, staffingMethods, type StaffingSlot } from '../../server/contract/staffing.ts'
import { clockOf, count } from '../ui/format.ts'
import { decimal, percent } from '../ui/numbers.ts'
import { Panel } from '../ui/panel.tsx'
import classes from './staffing.module.css'

/** By a method; where it has nothing to say, by the next that has. */
export const neededBy = (slot: StaffingSlot, method: StaffingMethod): number => slot.needed[method] ?? bestNeed(slot.needed)

const halfHours = 0.5

/** What a week would be by one method: needs, and what those who are planned would give. */
function weekBy(slots: readonly StaffingSlot[], method: StaffingMethod) {
  const needs = slots.flatMap((slot) => slot.needed[method] ?? [])
  if (needs.length === 0) return null
  const told = slots.flatMap((slot) => {
    const of = slot.expected[method]
    return of === null ? [] : [{ ...of, calls: slot.calls }]
  })
  const calls = told.reduce((sum, one) => sum + one.calls, 0)
  const mean = (of: (one: (typeof told)[number]) => number) =>
    calls === 0 ? null : told.reduce((sum, one) => sum + of(one) * one.calls, 0) / calls
  return {
    hours: needs.reduce((sum, n) => sum + n, 0) * halfHours,
    short: slots.filter((slot) => slot.planned < (slot.needed[method] ?? 0)).length,
    service: mean((one) => one.serviceLevel),
    abandoned: mean((one) => one.abandoned),
    waitS: told.some((one) => one.waitS === null) ? null : mean((one) => one.waitS ?? 0),
    occupancy: mean((one) => one.occupancy),
  }
}

/** The methods side by side over the week, each with what it leaves out and where it is from. */
export function Compare({ staffing: { days, simulation } }: { staffing: Staffing }) {
  const { t } = useTranslation()
  const slots = days.flatMap((day) => day.slots)
  const share = (of: number | null) => (of === null ? '–' : percent(of))
  const planned = slots.reduce((sum, slot) => sum + slot.planned, 0) * halfHours
  return (
    <Panel heading={t('staffing.compare')} figure={t('staffing.plannedHours', { hours: count(planned) })}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard */}
      <div className={classes.scroll} role="group" aria-label={t('staffing.compare')} tabIndex={0}>
        <table className={`${classes.methods} g-num`}>
          <thead>
            <tr>
              <th scope="col">{t('staffing.method')}</th>
              {(['hours', 'shortHalves', 'service', 'abandoned', 'wait', 'busy'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`staffing.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {staffingMethods.map((method) => {
              const week = weekBy(slots, method)
              return (
                <tr key={method}>
                  <th scope="row">{t(`staffing.methods.${method}`)}</th>
                  {week === null ? (
                    <td colSpan={6}>{t(`staffing.nothing.${method === 'simulation' ? 'simulation' : 'erlangA'}`)}</td>
                  ) : (
                    <>
                      <td>{count(week.hours)}</td>
                      <td>{count(week.short)}</td>
                      <td>{share(week.service)}</td>
                      <td>{method === 'erlangC' ? '–' : share(week.abandoned)}</td>
                      <td>{week.waitS === null ? t('staffing.endless') : clockOf(week.waitS)}</td>
                      <td>{share(week.occupancy)}</td>
                    </>
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <dl className={classes.definitions}>
        {staffingMethods.map((method) => (
          <div key={method}>
            <dt>{t(`staffing.methods.${method}`)}</dt>
            <dd>
              {method === 'simulation' && simulation !== null
                ? t('staffing.about.simulated', {
                    days: count(simulation.days),
                    median: clockOf(simulation.talkMedianS),
                    sigma: decimal(simulation.talkSigma, 2),
                    limit:
                      simulation.limitMinutes === null
                        ? t('staffing.noLimit')
                        : t('staffing.limitAt', { minutes: simulation.limitMinutes }),
                  })
                : t(`staffing.about.${method}`)}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
