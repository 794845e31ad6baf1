import { Button } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import type { IdentityCheck } from '../../server/contract/people.ts'
import { ApiError } from '../api/client.ts'
import { ArticleBody } from '../ui/article-body.tsx'
import { Deferred } from '../ui/deferred.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Empty } from '../ui/empty.tsx'
import { IdentityDialog } from '../ui/identity-dialog.tsx'
import { Machines } from '../ui/machines.tsx'
import { NotOurs } from '../ui/not-ours.tsx'
import { NotOursKey } from '../ui/not-ours-key.tsx'
import { NotYours } from '../ui/not-yours.tsx'
import { Page } from '../ui/page.tsx'
import { Panel, PanelHeading } from '../ui/panel.tsx'
import { ReadingsPanel } from '../ui/readings.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import { Receiver } from '../ui/receiver.tsx'
import { RemoteControl, TakeControl } from '../ui/remote-control.tsx'
import { RuleProposals } from '../ui/rule-proposals.tsx'
import classes from './components-page.module.css'
import { longName, longWords } from './samples.ts'
import type { Shown } from './shown.ts'
import { words } from './words.ts'

const body =
  '<p>Le bac est plein ?</p><ol><li>Ouvrez-le.</li><li>Retirez la feuille <strong>dans le sens du papier</strong>.</li></ol><table><tr><th>Serveur</th><td>imap.univ.example</td></tr></table><pre><code>ssh etu@calcul</code></pre><blockquote>Puis attendez.</blockquote>'

const check = (state: IdentityCheck['state']): IdentityCheck => ({
  id: '00000000-0000-4000-8000-000000000000',
  personId: 'claire.dubois',
  at: new Date().toISOString(),
  by: 'Alice Martin',
  means: 'code',
  sentTo: 'c•••s@univ.example',
  expiresAt: new Date(Date.now() + 600_000).toISOString(),
  triesLeft: 3,
  state,
  settledAt: null,
  settledBy: null,
})

function Opens({ children }: { children: (onClose: () => void) => ReactNode }) {
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpened(true)}>
        {words().open}
      </Button>
      {opened && children(() => setOpened(false))}
    </>
  )
}

const group = { id: 'dsrt', name: 'dSRT', mail: 'dsrt@univ.example', people: 4 }

/** What other things stand in. */
export function frames(): readonly Shown[] {
  const w = words()
  const identity = (state: IdentityCheck['state']) => (
    <Opens key="a">
      {(onClose) => <IdentityDialog personId="claire.dubois" name="Claire Dubois" about={{}} pending={check(state)} onClose={onClose} />}
    </Opens>
  )
  const refusal = (how: { mayTransfer: boolean; answered?: string; failure?: string }) => (
    <Opens key={String(how.mayTransfer)}>{(onClose) => <NotOurs {...how} sending={false} onRefused={onClose} onClose={onClose} />}</Opens>
  )
  return [
    {
      name: 'Panel',
      specimens: [
        [
          w.few,
          <Panel key="a" heading={w.usual} figure="3">
            <p style={{ padding: '0 16px 12px' }}>{w.said}</p>
          </Panel>,
        ],
        [
          w.long,
          <Panel key="a" heading={longName} figure="1 234">
            <p style={{ padding: '0 16px 12px' }}>{longWords}</p>
          </Panel>,
        ],
        [
          w.empty,
          <Panel key="a" label="–">
            <span />
          </Panel>,
        ],
      ],
    },
    {
      name: 'PanelHeading',
      specimens: [
        [w.usual, <PanelHeading key="a" text={w.usual} figure="12" />],
        [w.long, <PanelHeading key="a" text={longName} figure="1 234" />],
      ],
    },
    {
      name: 'Empty',
      specimens: [
        [
          w.usual,
          <Empty key="a" icon={<IconMail size={24} stroke={1.6} />} heading={w.nothing} text={w.intro}>
            <Button variant="default">{w.open}</Button>
          </Empty>,
        ],
        [w.long, <Empty key="a" heading={longName} text={longWords} />],
      ],
    },
    {
      name: 'NotOurs',
      specimens: [
        [w.said, refusal({ mayTransfer: true })],
        [w.long, refusal({ mayTransfer: false, answered: longWords, failure: w.failed })],
      ],
    },
    {
      name: 'NotOursKey',
      specimens: [[w.usual, <NotOursKey key="a" sending={false} answered={w.said} onRefused={(_answer, _outOfScope, close) => close()} />]],
    },
    {
      name: 'NotYours',
      specimens: [
        [
          w.usual,
          <NotYours key="a" name={w.usual} reader={{ role: 'level2', demo: false }} isTheirs={({ role }) => role === 'supervisor'} />,
        ],
        [
          w.long,
          <NotYours key="a" name={longName} reader={{ role: 'operator', demo: false }} isTheirs={({ role }) => role !== 'operator'} />,
        ],
      ],
    },
    {
      name: 'ReadFailure',
      specimens: [
        [w.usual, <ReadFailure key="a" text={w.failed} of={{ error: new ApiError('unreachable', 0, ''), refetch: () => undefined }} />],
        [
          w.long,
          <ReadFailure key="a" text={longName} of={{ error: new ApiError('internal', 500, longWords), refetch: () => undefined }} />,
        ],
      ],
    },
    {
      name: 'Dialog',
      specimens: [
        [
          w.usual,
          <Opens key="a">
            {(onClose) => (
              <Dialog heading={longName} size={440} onClose={onClose}>
                <p>{w.intro}</p>
              </Dialog>
            )}
          </Opens>,
        ],
      ],
    },
    {
      name: 'IdentityDialog',
      specimens: [
        [w.asks, identity('pending')],
        [w.done, identity('verified')],
        [w.over, identity('failed')],
      ],
    },
    {
      name: 'ReadingsPanel',
      specimens: [
        [w.few, <ReadingsPanel key="a" of={{ ticket: 1 }} />],
        [w.empty, <ReadingsPanel key="a" of={{ ticket: 2 }} />],
        [w.loading, <ReadingsPanel key="a" of={{ ticket: 3 }} />],
      ],
    },
    {
      name: 'Receiver',
      specimens: [
        [w.usual, <Receiver key="a" verdict={{ rule: 0, desk: false, group }} />],
        [w.failed, <Receiver key="a" verdict={{ rule: 0, desk: false, group: { ...group, name: longName, mail: null, people: 0 } }} />],
        [w.over, <Receiver key="a" verdict={{ rule: 0, desk: false, group: null }} />],
        [w.empty, <Receiver key="a" verdict={{ rule: null, desk: false, group: null }} />],
        [w.said, <Receiver key="a" verdict={{ rule: 0, desk: true, group: null }} />],
      ],
    },
    {
      name: 'Machines',
      specimens: [
        [w.few, <Machines key="a" personId="some" to={{ ticket: 1 }} heading="Machines" />],
        [w.empty, <Machines key="b" personId="none" to={null} heading={`Machines, ${w.empty}`} />],
        [w.loading, <Machines key="c" personId="asking" to={null} heading={`Machines, ${w.loading}`} />],
      ],
    },
    {
      name: 'RemoteControl',
      specimens: [
        [w.usual, <RemoteControl key="a" of={{ ticket: 3 }} personId="some" />],
        [w.few, <RemoteControl key="b" of={{ ticket: 1 }} personId={null} />],
        [w.long, <RemoteControl key="c" of={{ ticket: 2 }} personId={null} />],
      ],
    },
    {
      name: 'TakeControl',
      specimens: [
        [w.usual, <TakeControl key="a" of={{ ticket: 3 }} />],
        [w.few, <TakeControl key="b" of={{ ticket: 1 }} />],
      ],
    },
    {
      name: 'Deferred',
      specimens: [
        [
          w.usual,
          <Deferred key="a">
            <p className={classes.intro}>{w.said}</p>
          </Deferred>,
        ],
      ],
    },
    {
      name: 'ArticleBody',
      specimens: [
        [w.usual, <ArticleBody key="a" html={body} />],
        [w.long, <ArticleBody key="a" html={`<p>${longWords}</p>`} />],
      ],
    },
    { name: 'RuleProposals', wide: true, specimens: [[w.few, <RuleProposals key="a" />]] },
    {
      name: 'Page',
      wide: true,
      specimens: [
        [
          w.long,
          <div key="a" inert>
            <Page heading={<span role="presentation">{longName}</span>} aside={<Button size="xs">{w.open}</Button>}>
              <p className={classes.intro}>{w.intro}</p>
            </Page>
          </div>,
        ],
      ],
    },
  ]
}
