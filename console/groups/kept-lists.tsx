import { Button, Popover, Select, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowForwardUp, IconCheck, IconPencil } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Group } from '../../server/contract/groups.ts'
import type { KeptList, KeptLists, ListAnswering } from '../../server/contract/list-checks.ts'
import { errorText } from '../api/error-text.ts'
import { keptListsQuery, replaceTicket, sayOfList } from '../api/groups.ts'
import { dateOf, dayOf, fullMoment, momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { Pill } from '../ui/pill.tsx'
import { RuleProposals } from '../ui/rule-proposals.tsx'
import classes from './kept-lists.module.css'

/** What whoever keeps lists comes for: tickets that came back from them, and how each list stands. */
export function KeptListsView({ groups }: { readonly groups: readonly Group[] }) {
  const { t } = useTranslation()
  const kept = useQuery(keptListsQuery).data
  if (kept === undefined) return null
  return (
    <>
      {kept.lost.length > 0 && <Lost lost={kept.lost} groups={groups} />}
      <RuleProposals />
      <Panel heading={t('groups.kept.heading')} figure={kept.lists.length}>
        {kept.lists.length === 0 && <p className={classes.none}>{t('groups.kept.none')}</p>}
        <ul className={classes.lists}>
          {kept.lists.map((list) => (
            <ListLine key={list.id} list={list} />
          ))}
        </ul>
      </Panel>
    </>
  )
}

/** « Pas pour nous » : until somebody says where they go, nobody has them. */
function Lost({ lost, groups }: { readonly lost: KeptLists['lost']; readonly groups: readonly Group[] }) {
  const { t } = useTranslation()
  return (
    <Panel heading={t('groups.kept.lost')} figure={lost.length}>
      <p className={classes.says}>{t('groups.kept.lostSays')}</p>
      <ul className={classes.lost}>
        {lost.map((ticket) => (
          <li key={ticket.number}>
            <div>
              <p>
                <small className="g-num">{ticket.number}</small>
                <Link to="/console/tickets/$number" params={{ number: String(ticket.number) }}>
                  {ticket.title}
                </Link>
              </p>
              <p className={classes.why}>
                {t('groups.kept.cameBack', { group: ticket.group, who: ticket.by })}{' '}
                <time dateTime={ticket.at} title={fullMoment(ticket.at)}>
                  {momentOf(ticket.at)}
                </time>
                {ticket.reason !== '' && ` : « ${ticket.reason} »`}
              </p>
            </div>
            <Replace number={ticket.number} groups={groups.filter(({ id, retiredAt }) => retiredAt === null && id !== ticket.groupId)} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Replace({ number, groups }: { readonly number: number; readonly groups: readonly Group[] }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [to, setTo] = useState<string | null>(null)
  const send = useMutation({
    mutationFn: (groupId: string) => replaceTicket(number, groupId),
    onSuccess: () => {
      setOpen(false)
      notifications.show({ message: t('groups.kept.replaced', { number }), withBorder: true, autoClose: 3_000 })
    },
  })
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" width={300} radius={12} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconArrowForwardUp size={15} stroke={1.7} aria-hidden="true" />}
          aria-label={t('groups.kept.replaceOf', { number })}
          onClick={() => setOpen(!open)}
        >
          {t('groups.kept.replace')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={14} aria-label={t('groups.kept.replaceOf', { number })}>
        <Select
          data-autofocus
          searchable
          label={t('groups.kept.replaceTo')}
          data={groups.map(({ id, name }) => ({ value: id, label: name }))}
          value={to}
          onChange={setTo}
          nothingFoundMessage={t('groups.noneFound')}
          comboboxProps={{ withinPortal: false }}
        />
        {send.isError && (
          <p className={classes.failure} role="alert">
            {errorText(send.error)}
          </p>
        )}
        <Button mt={10} size="xs" disabled={to === null} loading={send.isPending} onClick={() => to !== null && send.mutate(to)}>
          {t('groups.kept.replaceSend')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}

function ListLine({ list }: { readonly list: KeptList }) {
  const { t } = useTranslation()
  const wrong = list.said?.answer === 'wrong' && !list.said.over
  const facts = [
    t('groups.members', { count: list.members }),
    list.missing > 0 ? t('groups.kept.missing', { count: list.missing }) : null,
    t('groups.kept.open', { count: list.open }),
    list.late > 0 ? t('groups.kept.late', { count: list.late }) : null,
    list.misrouted > 0 ? t('groups.kept.misrouted', { count: list.misrouted, came: list.came }) : null,
  ].filter((fact) => fact !== null)
  return (
    <li>
      <div>
        <p>
          <Link to="/console/groupes/$id" params={{ id: list.id }}>
            {list.name}
          </Link>
          {list.askedAt !== null && !wrong && <Pill tone="warn">{t('groups.kept.asked')}</Pill>}
          {wrong && <Pill tone="bad">{t('groups.kept.wrong')}</Pill>}
          {list.late > 0 && <Pill tone="warn">{t('groups.kept.late', { count: list.late })}</Pill>}
        </p>
        <p className={classes.why}>{facts.join(' · ')}</p>
        <p className={classes.why}>
          <Said list={list} />
        </p>
      </div>
      {!list.fromDirectory && <Saying list={list} />}
    </li>
  )
}

function Said({ list: { said, fromDirectory, referents } }: { readonly list: KeptList }) {
  const { t } = useTranslation()
  if (fromDirectory) return t('groups.kept.directory')
  if (said === null) return t(referents.length === 0 ? 'groups.kept.nobodyKeeps' : 'groups.kept.neverSaid')
  const text = said.answer === 'right' ? 'groups.kept.saidRight' : said.over ? 'groups.kept.saidCorrected' : 'groups.kept.saidWrong'
  return (
    <>
      {t(text, { who: said.by, day: dayOf(dateOf(said.at)) })}
      {said.note !== '' && !said.over && ` « ${said.note} »`}
    </>
  )
}

/** « Toujours exacte ? », with its two answers. */
function Saying({ list }: { readonly list: KeptList }) {
  const { t } = useTranslation()
  const noteId = useId()
  const [open, setOpen] = useState(false)
  const [note, setNote] = useState('')
  const say = useMutation({
    mutationFn: (said: ListAnswering) => sayOfList(list.id, said),
    onSuccess: () => {
      setOpen(false)
      setNote('')
      notifications.show({ message: t('groups.kept.noted'), withBorder: true, autoClose: 3_000 })
    },
  })
  return (
    <div className={classes.saying}>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconCheck size={15} stroke={1.7} aria-hidden="true" />}
        aria-label={t('groups.kept.rightOf', { name: list.name })}
        loading={say.isPending && !open}
        onClick={() => say.mutate({ answer: 'right' })}
      >
        {t('groups.kept.right')}
      </Button>
      <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" width={320} radius={12} trapFocus returnFocus>
        <Popover.Target>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPencil size={15} stroke={1.7} aria-hidden="true" />}
            aria-label={t('groups.kept.correctOf', { name: list.name })}
            onClick={() => setOpen(!open)}
          >
            {t('groups.kept.correct')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown p={14} aria-label={t('groups.kept.correctOf', { name: list.name })}>
          <Textarea
            id={noteId}
            data-autofocus
            label={t('groups.kept.what')}
            description={t('groups.kept.whatSays')}
            autosize
            minRows={2}
            maxRows={6}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {say.isError && (
            <p className={classes.failure} role="alert">
              {errorText(say.error)}
            </p>
          )}
          <Button
            mt={10}
            size="xs"
            disabled={note.trim() === ''}
            loading={say.isPending}
            onClick={() => say.mutate({ answer: 'wrong', note })}
          >
            {t('groups.kept.send')}
          </Button>
        </Popover.Dropdown>
      </Popover>
    </div>
  )
}
