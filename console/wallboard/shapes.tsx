import type { OperatorState } from '../../server/contract/entities.ts'
import type { Tone } from './alarms.ts'
import classes from './wall.module.css'

/** A tone's shape, which repeats its colour: a lozenge asks for attention, a triangle is an alarm. */
export function ToneShape({ tone }: { tone: Tone }) {
  if (tone === 'calm') return null
  return (
    <svg className={classes.tone} data-tone={tone} viewBox="0 0 24 24" aria-hidden="true">
      <path d={tone === 'alarm' ? 'M12 2.500 23 21.500H1z' : 'M12 1.500 22.500 12 12 22.500 1.500 12z'} fill="currentColor" />
      <path d="M12 8.500v6M12 17.700v.1" stroke="var(--g-panel)" strokeWidth="2.600" strokeLinecap="round" />
    </svg>
  )
}

/** What somebody does, as a shape: full, ringed, barred. */
export function StateShape({ state }: { state: OperatorState }) {
  return (
    <svg className={classes.state} data-state={state} viewBox="0 0 24 24" aria-hidden="true">
      {shapeOf(state)}
    </svg>
  )
}

function shapeOf(state: OperatorState) {
  switch (state) {
    case 'ready':
      return <circle cx="12" cy="12" r="10" fill="currentColor" />
    case 'ringing':
    case 'talking':
    case 'watching':
      return (
        <>
          <circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" strokeWidth="3" />
          <circle cx="12" cy="12" r="4.500" fill="currentColor" />
        </>
      )
    case 'wrap-up':
      return <circle cx="12" cy="12" r="9.500" fill="none" stroke="currentColor" strokeWidth="4" strokeDasharray="7 4.900" />
    case 'paused':
      return <path d="M6 3h4.500v18H6zM13.500 3H18v18h-4.500z" fill="currentColor" />
    case 'front-desk':
      return <rect x="3" y="3" width="18" height="18" rx="3" fill="none" stroke="currentColor" strokeWidth="4" />
    case 'offline':
      return <circle cx="12" cy="12" r="9.500" fill="none" stroke="currentColor" strokeWidth="3" />
    default:
      return state satisfies never
  }
}

/** How full a ring is, 0 to 1. */
export function Ring({ share, tone }: { share: number; tone: Tone }) {
  const around = 2 * Math.PI * 42
  return (
    <svg className={classes.ring} data-tone={tone} viewBox="0 0 100 100" aria-hidden="true">
      <circle cx="50" cy="50" r="42" fill="none" stroke="var(--g-line)" strokeWidth="11" />
      <circle
        cx="50"
        cy="50"
        r="42"
        fill="none"
        stroke="currentColor"
        strokeWidth="11"
        strokeLinecap="round"
        strokeDasharray={`${around * Math.min(1, Math.max(0, share))} ${around}`}
        transform="rotate(-90 50 50)"
      />
    </svg>
  )
}
