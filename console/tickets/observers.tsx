import { ActionIcon } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconBell, IconBellOff, IconMailOff, IconUserPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Observer, ObserverOrder } from '../../server/contract/observers.ts'
import { tellFailure } from '../api/commands.ts'
import { errorText } from '../api/error-text.ts'
import { addObserver, observersQuery, removeObserver } from '../api/observers.ts'
import { sessionQuery } from '../api/queries.ts'
import { Dialog } from '../ui/dialog.tsx'
import { KeyButton } from '../ui/key-button.tsx'
import { Panel } from '../ui/panel.tsx'
import { PersonFinder } from '../ui/person-finder.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { tellUndoable } from '../ui/undoable.tsx'
import classes from './observers.module.css'
import side from './side-list.module.css'

/** Who is in copy of a ticket: told of what is written in it, by what each may read. */
export function Observers({ number }: { number: number }) {
  const { t } = useTranslation()
  const me = useQuery(sessionQuery).data ?? null
  const { data } = useQuery(observersQuery(number))
  const [adding, setAdding] = useState(false)
  const mine = data?.find((one) => one.me)
  const turn = () => {
    if (me === null || data === undefined) return
    const command = mine === undefined ? addObserver(number, { accountId: me.id }) : removeObserver(number, mine.id)
    command.then(
      () =>
        notifications.show({ message: t(mine === undefined ? 'work.observers.followed' : 'work.observers.unfollowed'), withBorder: true }),
      (error: unknown) => tellFailure(error),
    )
  }
  useShortcuts([
    { key: 'O', run: turn },
    { key: 'C', run: () => setAdding(true) },
  ])
  return (
    <Panel heading={t('work.observers.heading')}>
      <div className={side.side}>
        {data?.length === 0 && <p className={side.none}>{t('work.observers.none')}</p>}
        {data !== undefined && data.length > 0 && (
          <ul>
            {data.map((one) => (
              <One key={one.id} one={one} number={number} />
            ))}
          </ul>
        )}
        <div className={classes.buttons}>
          <KeyButton
            size="compact-sm"
            variant="default"
            aria-pressed={mine !== undefined}
            leftSection={mine === undefined ? <IconBell size={14} stroke={1.7} /> : <IconBellOff size={14} stroke={1.7} />}
            keys="Shift+O"
            onClick={turn}
          >
            {t(mine === undefined ? 'work.observers.follow' : 'work.observers.unfollow')}
          </KeyButton>
          <KeyButton
            size="compact-sm"
            variant="default"
            leftSection={<IconUserPlus size={14} stroke={1.7} />}
            keys="Shift+C"
            onClick={() => setAdding(true)}
          >
            {t('work.observers.add')}
          </KeyButton>
        </div>
      </div>
      {adding && <Adding number={number} present={data ?? []} onClose={() => setAdding(false)} />}
    </Panel>
  )
}

const orderOf = ({ accountId, personId }: Pick<Observer, 'accountId' | 'personId'>): ObserverOrder | null =>
  accountId !== null ? { accountId } : personId !== null ? { personId } : null

function One({ one, number }: { one: Observer; number: number }) {
  const { t } = useTranslation()
  const remove = () =>
    removeObserver(number, one.id).then(
      () => {
        const order = orderOf(one)
        const said = t('work.observers.removed', { name: one.name })
        if (order === null) notifications.show({ message: said, withBorder: true })
        else tellUndoable(`unobserved-${number}-${one.id}`, said, () => void addObserver(number, order).catch(tellFailure))
      },
      (error: unknown) => tellFailure(error),
    )
  return (
    <li className={classes.one}>
      <span>
        {one.name}
        <small>
          {one.reached ? (
            t(one.staff ? 'work.observers.readsAll' : 'work.observers.readsPublic')
          ) : (
            <>
              <IconMailOff size={12} stroke={1.8} aria-hidden="true" /> {t('work.observers.unreached')}
            </>
          )}
        </small>
      </span>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        aria-label={t('work.observers.remove', { name: one.name })}
        onClick={() => void remove()}
      >
        <IconX size={14} stroke={1.8} />
      </ActionIcon>
    </li>
  )
}

function Adding({ number, present, onClose }: { number: number; present: readonly Observer[]; onClose: () => void }) {
  const { t } = useTranslation()
  const [failure, setFailure] = useState<string | null>(null)
  return (
    <Dialog heading={t('work.observers.add')} size={440} onClose={onClose}>
      <div className={side.form}>
        <p className={side.none}>{t('work.observers.says')}</p>
        <PersonFinder
          label={t('work.observers.who')}
          without={present.flatMap(({ accountId, personId }) => accountId ?? personId ?? [])}
          onChoose={({ kind, id, name }) =>
            void addObserver(number, kind === 'account' ? { accountId: id } : { personId: id }).then(
              () => {
                notifications.show({ message: t('work.observers.added', { name }), withBorder: true })
                onClose()
              },
              (error: unknown) => setFailure(errorText(error)),
            )
          }
        />
        {failure !== null && (
          <p role="alert" className={side.failure}>
            {failure}
          </p>
        )}
      </div>
    </Dialog>
  )
}
