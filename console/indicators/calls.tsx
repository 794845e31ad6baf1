import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CallFigure, type CallIndicators, type CallKind, callUnits, type Period } from '../../server/contract/indicators.ts'
import type { CallChoice } from '../api/indicators.ts'
import { clockOf, count } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { Bars } from './bars.tsx'
import { CallDialog } from './call-dialog.tsx'
import { Figures } from './figures.tsx'
import { Heat } from './heat.tsx'
import classes from './indicators.module.css'
import { definitionOf, shown, stepName, underStep, withSource } from './words.ts'

/** Figures behind which there is a list of calls. */
const listed: Readonly<Partial<Record<CallFigure, CallKind>>> = {
  offered: 'offered',
  fromPage: 'fromPage',
  answered: 'answered',
  serviceLevel: 'answeredLate',
  abandoned: 'abandoned',
  shortAbandoned: 'shortAbandoned',
  heldShare: 'held',
  transferredShare: 'transferred',
  afterHours: 'afterHours',
  missed: 'missed',
  capped: 'capped',
  extended: 'extended',
  alarmed: 'alarmed',
  kept: 'kept',
  owed: 'owed',
  owedHeld: 'owedLate',
  owedLate: 'owedLate',
  messages: 'messages',
  placedOut: 'placedOut',
}
/** Of a share that is to be high, the list holds what it lacks. */
const lacking: readonly CallFigure[] = ['serviceLevel', 'owedHeld']

/** The telephone's figures of a period. */
export function Calls({ indicators, period, entityId }: { indicators: CallIndicators; period: Period; entityId: string | null }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<{ choice: CallChoice; what: string } | null>(null)
  const { figures, before, of, waits, hours, steps, step, operators } = indicators
  const weekdays = t('indicators.weekdays', { returnObjects: true })
  return (
    <>
      <Figures
        units={callUnits}
        figures={figures}
        before={before}
        of={of}
        onOpen={(name) => {
          const kind = listed[name]
          return kind === undefined
            ? null
            : () =>
                setOpen({
                  choice: { kind },
                  what: lacking.includes(name)
                    ? t(`indicators.lacking.${kind === 'owedLate' ? 'owedLate' : 'answeredLate'}`)
                    : t(`indicators.figure.${name}`, { returnObjects: true })[0],
                })
        }}
      />
      <div className={classes.two}>
        <Panel heading={t('indicators.hours')}>
          <Heat
            label={t('indicators.hours')}
            definition={definitionOf('offered')}
            hours={hours.map(({ weekday, hour, offered }) => ({ weekday, hour, value: offered }))}
            title={({ weekdayNumber, ...of }) =>
              t('indicators.cell', {
                ...of,
                answered: hours.find((h) => h.weekday === weekdayNumber && h.hour === of.hour)?.answered ?? 0,
              })
            }
            onOpen={(weekday, hour) =>
              setOpen({ choice: { kind: 'offered', weekday, hour }, what: `${weekdays[weekday - 1] ?? ''} ${hour} h` })
            }
          />
        </Panel>
        <Panel heading={t('indicators.waits')}>
          <Bars
            label={t('indicators.waits')}
            definition={withSource(t('indicators.waitsSay'), 'answered')}
            bars={waits.map(({ upToS, answered, abandoned }) => {
              const label = upToS === null ? t('indicators.longer') : t('indicators.upTo', { time: clockOf(upToS) })
              const answers = `${t('indicators.figure.answered', { returnObjects: true })[0]} ${count(answered)}`
              const gone = `${t('indicators.figure.abandoned', { returnObjects: true })[0]} ${count(abandoned)}`
              return { key: String(upToS), label, title: `${label} : ${answers}, ${gone}`, value: answered + abandoned, part: answered }
            })}
          />
        </Panel>
      </div>
      <Panel heading={t(`indicators.steps.${step}`)}>
        <Bars
          label={t(`indicators.steps.${step}`)}
          definition={withSource(t('indicators.stepsSay'), 'offered')}
          bars={steps.map(({ from, offered, answered }) => ({
            key: from,
            label: underStep(step, from),
            title: t('indicators.stepOf', { from: stepName(step, from), offered: count(offered), answered: count(answered) }),
            value: offered,
            part: answered,
          }))}
        />
      </Panel>
      {operators.length > 0 && (
        <Panel heading={t('indicators.operators')}>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard */}
          <div className={classes.scroll} role="group" aria-label={t('indicators.operators')} tabIndex={0}>
            <table className={`${classes.table} g-num`}>
              <thead>
                <tr>
                  <th scope="col">{t('indicators.operator')}</th>
                  <th scope="col">{t('indicators.figure.answered', { returnObjects: true })[0]}</th>
                  <th scope="col">{t('indicators.talkTotal')}</th>
                  <th scope="col">{t('indicators.figure.occupancy', { returnObjects: true })[0]}</th>
                </tr>
              </thead>
              <tbody>
                {operators.map((o) => (
                  <tr key={o.id}>
                    <th scope="row">{o.name}</th>
                    <td>{count(o.answered)}</td>
                    <td>{clockOf(o.talkS)}</td>
                    <td>{shown(o.occupancy, 'share')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Panel>
      )}
      {open !== null && <CallDialog period={period} choice={{ ...open.choice, entityId }} what={open.what} onClose={() => setOpen(null)} />}
    </>
  )
}
