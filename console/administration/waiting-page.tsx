import { SegmentedControl } from '@mantine/core'
import { IconHourglass } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WaitAccuracy } from '../../server/contract/waiting.ts'
import { accuracyQuery } from '../api/waiting.ts'
import { Empty } from '../ui/empty.tsx'
import { clockOf, count } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import classes from './waiting-page.module.css'

const periods = [7, 30, 90] as const
/** Fewer promises that were put to the test than this prove nothing. */
const fewest = 20

/** How far the waits announced to callers were true. */
export default function WaitingPage() {
  const { t } = useTranslation()
  const [days, setDays] = useState<number>(30)
  const found = useQuery(accuracyQuery(days))
  const { data } = found
  return (
    <>
      <div className={classes.head}>
        <p>{t('waitAccuracy.intro')}</p>
        <SegmentedControl
          aria-label={t('waitAccuracy.period')}
          value={String(days)}
          onChange={(value) => setDays(Number(value))}
          data={periods.map((n) => ({ value: String(n), label: t('waitAccuracy.days', { count: n }) }))}
        />
      </div>
      {found.isError && data === undefined && <ReadFailure text={t('waitAccuracy.failed')} of={found} />}
      {data !== undefined && (data.told === 0 ? <Nothing /> : <Accuracy accuracy={data} />)}
    </>
  )
}

function Nothing() {
  const { t } = useTranslation()
  return (
    <Panel label={t('waitAccuracy.none')}>
      <Empty icon={<IconHourglass size={24} stroke={1.6} />} heading={t('waitAccuracy.none')} text={t('waitAccuracy.noneText')} />
    </Panel>
  )
}

type Figures = Pick<WaitAccuracy, 'kept' | 'late' | 'medianErrorSeconds'>
const tried = ({ kept, late }: Figures) => kept + late
const share = (figures: Figures) => (tried(figures) === 0 ? null : Math.round((100 * figures.kept) / tried(figures)))
const signed = (seconds: number) => `${seconds < 0 ? '−' : '+'}${clockOf(Math.abs(seconds))}`

function Accuracy({ accuracy }: { accuracy: WaitAccuracy }) {
  const { t } = useTranslation()
  const [all, thin] = [share(accuracy), tried(accuracy) < fewest]
  return (
    <>
      <Panel heading={t('waitAccuracy.overall')}>
        <div className={classes.overall}>
          {all !== null && !thin && <strong className="g-num">{t('waitAccuracy.percent', { n: all })}</strong>}
          <p>
            {thin
              ? t('waitAccuracy.thin', { count: tried(accuracy), fewest })
              : t('waitAccuracy.says', { kept: count(accuracy.kept), tried: count(tried(accuracy)) })}{' '}
            {accuracy.left > 0 && t('waitAccuracy.left', { count: accuracy.left })}
          </p>
        </div>
      </Panel>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard */}
      <div className={classes.scroll} role="region" aria-label={t('waitAccuracy.byRange')} tabIndex={0}>
        <table className={`${classes.table} g-num`}>
          <caption>{t('waitAccuracy.byRange')}</caption>
          <thead>
            <tr>
              {(['range', 'told', 'kept', 'late', 'gone', 'median', 'error'] as const).map((column) => (
                <th key={column} scope="col" title={t(`waitAccuracy.titles.${column}`)}>
                  {t(`waitAccuracy.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {accuracy.ranges.map((range) => (
              <Row key={`${range.lowMinutes}-${range.highMinutes}`} range={range} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function Row({ range }: { range: WaitAccuracy['ranges'][number] }) {
  const { t } = useTranslation()
  const { lowMinutes: low, highMinutes: high, medianSeconds, medianErrorSeconds } = range
  const kept = share(range)
  return (
    <tr>
      <th scope="row">{low === 0 ? t('waitAccuracy.below', { high }) : t('waitAccuracy.between', { low, high })}</th>
      <td>{count(range.told)}</td>
      <td>
        {count(range.kept)}
        {kept !== null && (
          <>
            {' '}
            <small>({t('waitAccuracy.percent', { n: kept })})</small>
            <span className={classes.bar} aria-hidden="true">
              <i style={{ width: `${kept}%` }} />
            </span>
          </>
        )}
      </td>
      <td>{count(range.late)}</td>
      <td>{count(range.left)}</td>
      <td>{medianSeconds === null ? '–' : clockOf(medianSeconds)}</td>
      <td>{medianErrorSeconds === null ? '–' : signed(medianErrorSeconds)}</td>
    </tr>
  )
}
