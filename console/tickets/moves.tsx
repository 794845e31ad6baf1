import { Radio, Select, Stack } from '@mantine/core'
import { IconArrowBackUp, IconHelpCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TicketPage } from '../api/queries.ts'
import { groupsQuery } from '../api/groups.ts'
import { askMissing, giveBackTicket } from '../api/ticket-life.ts'
import { Complete } from './complete.tsx'
import { AskedText } from './asked-text.tsx'
import classes from './moves.module.css'
import { OutOfScope } from './out-of-scope.tsx'
import { Redirect } from './redirect.tsx'
import { useCommand } from './use-command.ts'
import { PutAside } from './put-aside.tsx'

/** Where a ticket can be sent from where it stands. */
export function Moves({ ticket }: { ticket: TicketPage }) {
  const { status, number, groupId } = ticket
  if (status === 'closed' || status === 'solution-proposed') return null
  const grouped = groupId !== null && status !== 'waiting'
  return (
    <div className={classes.moves}>
      <Complete ticket={ticket} />
      <Redirect ticket={ticket} />
      <PutAside number={number} />
      {groupId === null && status !== 'waiting' && <OutOfScope ticket={ticket} />}
      {grouped && <GiveBack ticket={ticket} />}
      {grouped && <Missing ticket={ticket} />}
    </div>
  )
}

/** « Pas pour nous », with whose it is for whoever knows: the rule that sent it here can be mended from there. */
function GiveBack({ ticket: { number, groupId } }: { ticket: TicketPage }) {
  const { t } = useTranslation()
  const { run, busy, failure } = useCommand()
  const groups = useQuery(groupsQuery).data ?? []
  const [suggested, setSuggested] = useState<string | null>(null)
  return (
    <AskedText
      label={t('life.giveBack')}
      icon={<IconArrowBackUp size={16} stroke={1.7} />}
      shortcut="B"
      heading={t('life.giveBackWhy')}
      says={t('life.giveBackSays')}
      placeholder={t('life.giveBackExample')}
      send={t('life.giveBackSend')}
      needed={t('ticket.needed')}
      failure={failure}
      busy={busy}
      onSend={(text, close) => run(() => giveBackTicket(number, { reason: text, groupId: suggested }), t('life.done.givenBack'), close)}
    >
      <Select
        mt={8}
        label={t('life.giveBackTo')}
        placeholder={t('life.groupExample')}
        searchable
        clearable
        comboboxProps={{ withinPortal: false }}
        data={groups.filter((g) => g.retiredAt === null && g.id !== groupId).map(({ id, name }) => ({ value: id, label: name }))}
        value={suggested}
        onChange={setSuggested}
      />
    </AskedText>
  )
}

/** « Il manque… »: asked of the requester, whom the ticket then waits for, or of the desk. */
function Missing({ ticket: { number, requester } }: { ticket: TicketPage }) {
  const { t } = useTranslation()
  const { run, busy, failure } = useCommand()
  const [of, setOf] = useState<'user' | 'desk'>(requester.email === null ? 'desk' : 'user')
  return (
    <AskedText
      label={t('life.missing.ask')}
      icon={<IconHelpCircle size={16} stroke={1.7} />}
      shortcut="Shift+M"
      heading={t('life.missing.heading')}
      placeholder={t('life.missing.example')}
      send={t('life.missing.send')}
      needed={t('ticket.needed')}
      failure={failure}
      busy={busy}
      onSend={(text, close) => run(() => askMissing(number, { of, text }), t('life.missing.done'), close)}
    >
      <Radio.Group mt={8} value={of} onChange={(value) => setOf(value === 'desk' ? 'desk' : 'user')} aria-label={t('life.missing.of')}>
        <Stack gap={6}>
          <Radio value="user" size="xs" label={t('life.missing.user')} disabled={requester.email === null} />
          <Radio value="desk" size="xs" label={t('life.missing.desk')} />
        </Stack>
      </Radio.Group>
    </AskedText>
  )
}
