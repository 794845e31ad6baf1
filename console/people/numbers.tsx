import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconLinkPlus, IconPhoneOutgoing } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonNumber, PersonPage } from '../../server/contract/people.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { placeCall } from '../api/calling.ts'
import { tellFailure } from '../api/commands.ts'
import { ApiError } from '../api/client.ts'
import { errorText } from '../api/error-text.ts'
import { attachNumber, detachNumber } from '../api/people.ts'
import { sessionQuery } from '../api/queries.ts'
import { myself } from '../live/desk.ts'
import { useLive } from '../live/use-live.ts'
import { momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import classes from './person-page.module.css'

/** By what numbers they are known: the directory's, and those that the desk found them behind. */
export function Numbers({ person }: { person: PersonPage }) {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data ?? null
  const may = session !== null && mayCall(session, 'POST /api/people/:id/numbers') && person.retiredAt === null
  const { desk } = useLive()
  const me = desk === null ? null : myself(desk)
  const [adding, setAdding] = useState(false)
  return (
    <Panel heading={t('people.numbers')}>
      <div className={classes.content}>
        {person.numbers.length === 0 && <p className={classes.quiet}>{t('people.noNumbers')}</p>}
        {person.numbers.map((one) => (
          <div key={one.number} className={classes.number}>
            <strong className="g-num">{one.shown}</strong>
            {me !== null && (
              <Button
                size="compact-xs"
                variant="default"
                disabled={me.state === 'ringing' || me.state === 'talking'}
                leftSection={<IconPhoneOutgoing size={13} stroke={1.7} />}
                aria-label={`${t('people.call')} ${one.shown}`}
                onClick={() => void placeCall(one.number)}
              >
                {t('people.call')}
              </Button>
            )}
            {may && one.source === 'attached' && <Detach personId={person.id} one={one} />}
            <small>
              {one.source === 'directory'
                ? t('people.ofDirectory')
                : t('people.attachedBy', { who: one.by ?? '', when: one.at === null ? '' : momentOf(one.at) })}
              {one.sharedWith.length > 0 && ` · ${t('people.shared', { names: one.sharedWith.join(', ') })}`}
            </small>
          </div>
        ))}
        {may && !adding && (
          <Button size="xs" mt={6} variant="default" leftSection={<IconLinkPlus size={15} stroke={1.7} />} onClick={() => setAdding(true)}>
            {t('people.add')}
          </Button>
        )}
        {adding && <Add personId={person.id} onDone={() => setAdding(false)} />}
      </div>
    </Panel>
  )
}

function Detach({ personId, one }: { personId: string; one: PersonNumber }) {
  const { t } = useTranslation()
  const detach = useMutation({
    mutationFn: () => detachNumber(personId, one.number),
    onSuccess: () => notifications.show({ message: t('people.detached'), withBorder: true, autoClose: 3_000 }),
    onError: (error) => tellFailure(error),
  })
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      color="gray"
      c="var(--g-ink-2)"
      loading={detach.isPending}
      aria-label={t('people.detachOf', { number: one.shown })}
      onClick={() => detach.mutate()}
    >
      {t('people.detach')}
    </Button>
  )
}

/** Opened to be typed in. */
const focused = (input: HTMLInputElement | null) => input?.focus()

function Add({ personId, onDone }: { personId: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [number, setNumber] = useState('')
  const attach = useMutation({ mutationFn: () => attachNumber(personId, number, null), onSuccess: onDone })
  const wrong = attach.error instanceof ApiError && attach.error.code === 'invalid_body'
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (number.trim() !== '') attach.mutate()
      }}
    >
      <TextInput
        type="tel"
        label={t('people.addNumber')}
        value={number}
        maxLength={40}
        data-autofocus
        ref={focused}
        classNames={{ input: 'g-num' }}
        error={attach.isError && (wrong ? t('people.addWrong') : errorText(attach.error))}
        onChange={(event) => setNumber(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && onDone()}
        autoComplete="off"
      />
      <Button type="submit" size="xs" loading={attach.isPending}>
        {t('people.keep')}
      </Button>
    </form>
  )
}
