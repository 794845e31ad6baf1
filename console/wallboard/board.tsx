import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperatorState } from '../../server/contract/entities.ts'
import type { WallBoard } from '../../server/contract/walls.ts'
import { clockOf, count } from '../ui/format.ts'
import { longestS, type Tone, waitTone } from './alarms.ts'
import { Ring, StateShape, ToneShape } from './shapes.tsx'
import classes from './wall.module.css'

/** Under these shares the service level asks for attention, and is an alarm. */
const wantedShare = 0.8
const poorShare = 0.5
const mostNames = 12

/** The figures. */
export function Board({ board, nowMs }: { board: WallBoard; nowMs: number }) {
  const { t } = useTranslation()
  const waitS = longestS(board, nowMs)
  const tone = waitTone(board, waitS)
  const { counts } = board
  const share = counts?.serviceLevel ?? null
  const shareTone: Tone = share === null || share >= wantedShare ? 'calm' : share >= poorShare ? 'attention' : 'alarm'
  const number = (n: number | undefined) => (n === undefined ? '–' : count(n))
  return (
    <>
      <section className={classes.live} aria-label={t('wall.figures')}>
        <Cell tone={tone} label={t('wall.waiting')} size="huge" value={count(board.waiting)}>
          {board.kept > 0 ? t('wall.kept', { count: board.kept }) : board.waiting === 0 ? t('wall.nobody') : ' '}
        </Cell>
        <Cell tone={tone} label={t('wall.longest')} size="huge" value={waitS === null ? '–' : clockOf(waitS)}>
          {counts?.asaS == null ? ' ' : t('wall.asa', { time: clockOf(counts.asaS) })}
        </Cell>
        <Operators board={board} />
      </section>
      <section className={classes.day} aria-label={t('wall.today')}>
        <Cell label={t('wall.answered')} value={number(counts?.answered)}>
          {t('wall.offered', { count: counts?.offered ?? 0 })}
        </Cell>
        <Cell label={t('wall.abandoned')} value={number(counts?.abandoned)}>
          {t('wall.abandonedOf')}
        </Cell>
        <Cell
          label={t('wall.serviceLevel')}
          value={share === null ? '–' : count(Math.round(share * 100))}
          {...(share !== null && { unit: '%' })}
          tone={shareTone}
          quiet
          beside={share === null ? null : <Ring share={share} tone={shareTone} />}
        >
          {t('wall.serviceLevelSays', { inTime: board.inTimeS, short: board.shortS })}
        </Cell>
        <Cell label={t('wall.owed')} value={number(counts?.owed)} tone={(counts?.owedLate ?? 0) > 0 ? 'attention' : 'calm'}>
          {(counts?.owedLate ?? 0) > 0 ? <strong>{t('wall.late', { count: counts?.owedLate ?? 0 })}</strong> : t('wall.inTime')}
        </Cell>
        <Cell label={t('wall.toTakeUp')} value={number(counts?.toTakeUp)}>
          {t('wall.toTakeUpSays')}
        </Cell>
      </section>
    </>
  )
}

type CellProps = {
  readonly label: string
  readonly value: string
  /** Written smaller behind it. */
  readonly unit?: string
  readonly tone?: Tone
  /** Its tone colours the figure's ring alone. */
  readonly quiet?: boolean
  readonly size?: 'huge'
  readonly beside?: ReactNode
  readonly children: ReactNode
}

function Cell({ label, value, unit, tone = 'calm', quiet = false, size, beside = null, children }: CellProps) {
  return (
    <div
      className={classes.cell}
      data-tone={quiet ? 'calm' : tone}
      data-size={size}
      data-long={value.length > 5 || undefined}
      // Of three figures and of more, in a narrow card.
      data-figures={size !== undefined || value.length < 3 ? undefined : value.length === 3 ? 'three' : 'many'}
    >
      <h2>
        {label}
        <ToneShape tone={tone} />
      </h2>
      <p className={classes.value}>
        <span>
          {value}
          {unit !== undefined && <small>{unit}</small>}
        </span>
        {beside}
      </p>
      <p className={classes.under}>{children}</p>
    </div>
  )
}

const groups = [
  { name: 'ready', states: ['ready'] },
  { name: 'busy', states: ['ringing', 'talking', 'watching', 'wrap-up'] },
  { name: 'paused', states: ['paused', 'front-desk'] },
] as const satisfies readonly { name: string; states: readonly OperatorState[] }[]
const shapes = { ready: 'ready', busy: 'talking', paused: 'paused' } as const

function Operators({ board: { operators } }: { board: WallBoard }) {
  const { t } = useTranslation()
  const named = operators.filter(({ shown }) => shown !== '')
  const hidden = Math.max(0, named.length - mostNames)
  const listed = named.slice(0, hidden > 0 ? mostNames - 1 : mostNames)
  return (
    <div className={`${classes.cell} ${classes.operators}`}>
      <h2>{t('wall.operators')}</h2>
      <dl className={classes.counts}>
        {groups.map(({ name, states }) => (
          <div key={name} data-none={!operators.some((o) => (states as readonly OperatorState[]).includes(o.state)) || undefined}>
            <dt>
              <StateShape state={shapes[name]} />
              {t(`wall.${name}`)}
            </dt>
            <dd>{count(operators.filter((o) => (states as readonly OperatorState[]).includes(o.state)).length)}</dd>
          </div>
        ))}
      </dl>
      {operators.length === 0 && <p className={classes.under}>{t('wall.away')}</p>}
      {listed.length > 0 && (
        <ul className={classes.names} data-many={named.length > 8 || undefined}>
          {listed.map(({ shown, state, since }, i) => (
            <li key={`${shown} ${since} ${String(i)}`}>
              <StateShape state={state} />
              <span>{shown}</span>
              <small>{t(`wall.states.${state}`)}</small>
            </li>
          ))}
          {hidden > 0 && <li>{t('wall.more', { count: named.length - listed.length })}</li>}
        </ul>
      )}
    </div>
  )
}
