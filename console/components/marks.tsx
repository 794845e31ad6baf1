import { Button } from '@mantine/core'
import { IconPhone } from '@tabler/icons-react'
import { confidence } from '../../server/contract/people.ts'
import { operatorState, ticketStatus, type Ticket } from '../../server/contract/entities.ts'
import { Announcer, announcePolitely } from '../ui/announcer.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { ConfidencePill } from '../ui/confidence.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { HereDot } from '../ui/here-dot.tsx'
import { KeyCap, Keys } from '../ui/kbd.tsx'
import { KeyButton } from '../ui/key-button.tsx'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { Logo } from '../ui/logo.tsx'
import { Pill } from '../ui/pill.tsx'
import { SheetButtons, SheetMenu } from '../ui/sheet-buttons.tsx'
import { StateDot } from '../ui/state-dot.tsx'
import { TicketStatusPill } from '../ui/ticket-status.tsx'
import { TimeLeft } from '../ui/time-left.tsx'
import classes from './components-page.module.css'
import { longName, longWords } from './samples.ts'
import type { Shown } from './shown.ts'
import { words } from './words.ts'

const minuteMs = 60_000
/** With so many minutes of its delay left. */
function timed(minutes: number): Pick<Ticket, 'clock'> & { readonly leftMs: number } {
  const dueAt = new Date(Date.now() + minutes * minuteMs).toISOString()
  const solve = {
    name: 'level1' as const,
    whose: 'level1',
    startedAt: dueAt,
    usedMs: 0,
    since: dueAt,
    allowedMs: 1,
    dueAt,
    warnAt: null,
    step: 'running' as const,
  }
  return { clock: { takeUp: null, solve, spent: { level1: 0, level2: 0 } }, leftMs: minutes * minuteMs }
}

/** What is only looked at. */
export function marks(): readonly Shown[] {
  const w = words()
  return [
    {
      name: 'Avatar',
      specimens: [
        [
          w.usual,
          <span key="a" className={classes.row}>
            <Avatar name="Claire Dubois" />
            <Avatar name="Claire Dubois" size="sm" />
          </span>,
        ],
        [
          w.empty,
          <span key="a" className={classes.row}>
            <Avatar name="" />
            <Avatar name="" size="sm" />
          </span>,
        ],
        [w.long, <Avatar key="a" name={longName} />],
      ],
    },
    {
      name: 'Pill',
      specimens: [
        [
          w.several,
          <span key="a" className={classes.row}>
            {(['plain', 'accent', 'ok', 'warn', 'bad', 'hold'] as const).map((tone) => (
              <Pill key={tone} tone={tone} icon={<IconPhone size={13} aria-hidden="true" />}>
                {tone}
              </Pill>
            ))}
          </span>,
        ],
        [w.long, <Pill key="a">{longName}</Pill>],
      ],
    },
    {
      name: 'TicketStatusPill',
      specimens: [
        [
          w.usual,
          <span key="a" className={classes.row}>
            {ticketStatus.options.map((status) => (
              <TicketStatusPill key={status} status={status} />
            ))}
          </span>,
        ],
      ],
    },
    {
      name: 'ConfidencePill',
      specimens: [
        [
          w.usual,
          <span key="a" className={classes.row}>
            {confidence.options.map((of) => (
              <ConfidencePill key={of} of={of} />
            ))}
          </span>,
        ],
      ],
    },
    {
      name: 'StateDot',
      specimens: [
        [
          w.usual,
          <span key="a" className={classes.row}>
            {operatorState.options.map((state) => (
              <span key={state} className={classes.row}>
                <StateDot state={state} /> {state}
              </span>
            ))}
          </span>,
        ],
      ],
    },
    {
      name: 'HereDot',
      specimens: [
        [w.chosen, <HereDot key="a" here />],
        [w.usual, <HereDot key="a" here={false} />],
        [w.over, <HereDot key="a" here={false} shut size={10} />],
      ],
    },
    {
      name: 'TimeLeft',
      specimens: [
        [
          w.usual,
          <span key="a" className={classes.row}>
            {[1_500, 130, 8, -12, -900].map((minutes) => (
              <TimeLeft key={minutes} ticket={timed(minutes)} />
            ))}
          </span>,
        ],
      ],
    },
    {
      name: 'Keys',
      specimens: [
        [
          w.usual,
          <span key="a" className={classes.row}>
            <Keys keys="A" />
            <Keys keys="Shift+P" />
            <Keys keys="Ctrl+Enter" />
          </span>,
        ],
      ],
    },
    {
      name: 'KeyButton',
      specimens: [
        [
          w.usual,
          <KeyButton key="a" size="xs" keys="A">
            {w.open}
          </KeyButton>,
        ],
        [
          w.disabled,
          <KeyButton key="a" size="xs" disabled keys="A">
            {w.open}
          </KeyButton>,
        ],
      ],
    },
    {
      name: 'KeyCap',
      specimens: [
        [
          w.usual,
          <span key="a" className={classes.row}>
            <KeyCap keys="+" />
            <KeyCap keys="Ctrl+K" spoken />
          </span>,
        ],
      ],
    },
    {
      name: 'CopyButton',
      specimens: [
        [
          w.usual,
          <span key="a" className={classes.row}>
            <CopyButton value={longWords} label="6101" />
            {w.notOffered}
          </span>,
        ],
      ],
    },
    { name: 'LanguageSwitch', specimens: [[w.usual, <LanguageSwitch key="a" />]] },
    {
      name: 'Logo',
      specimens: [
        [
          w.usual,
          <span key="a" className={classes.row}>
            <Logo size={26} />
            <Logo size={40} />
          </span>,
        ],
      ],
    },
    { name: 'SheetMenu', specimens: [[w.usual, <SheetMenu key="a" url={() => '/api/none'} />]] },
    {
      name: 'SheetButtons',
      specimens: [
        [w.usual, <SheetButtons key="a" url={() => '/api/none'} />],
        [w.disabled, <SheetButtons key="b" disabled url={() => '/api/none'} />],
      ],
    },
    {
      name: 'Announcer',
      specimens: [
        [
          w.heard,
          <span key="a">
            <Announcer />
            <Button size="xs" variant="default" onClick={() => announcePolitely(w.said)}>
              {w.say}
            </Button>
          </span>,
        ],
      ],
    },
  ]
}
