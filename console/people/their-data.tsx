import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload, IconEraser } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonPage } from '../../server/contract/people.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { errorText } from '../api/error-text.ts'
import { erasePerson, exportAddress } from '../api/privacy.ts'
import { sessionQuery } from '../api/queries.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Panel } from '../ui/panel.tsx'
import classes from './person-page.module.css'

/** What the law lets somebody ask for: a copy of what is held about them, and that it go. */
export function TheirData({ person }: { person: PersonPage }) {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data ?? null
  const [erasing, setErasing] = useState(false)
  if (session === null || !mayCall(session, 'GET /api/people/:id/export')) return null
  return (
    <Panel heading={t('privacy.theirs')}>
      <div className={`${classes.content} ${classes.form}`}>
        <Button
          component="a"
          href={exportAddress(person.id, 'html')}
          download
          size="xs"
          variant="default"
          leftSection={<IconDownload size={15} stroke={1.7} />}
        >
          {t('privacy.export')}
        </Button>
        <a href={exportAddress(person.id, 'json')} download>
          {t('privacy.exportJson')}
        </a>
        {mayCall(session, 'POST /api/people/:id/erasure') && (
          <Button
            size="xs"
            variant="default"
            color="alarm"
            leftSection={<IconEraser size={15} stroke={1.7} />}
            onClick={() => setErasing(true)}
          >
            {t('privacy.erase')}
          </Button>
        )}
      </div>
      {erasing && <Erasing person={person} onClose={() => setErasing(false)} />}
    </Panel>
  )
}

function Erasing({ person, onClose }: { person: PersonPage; onClose: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [name, setName] = useState('')
  const erase = useMutation({
    mutationFn: () => erasePerson(person.id, { reason, name }),
    onSuccess: ({ tickets, messages, calls, mails, stays }) => {
      onClose()
      notifications.show({
        message: `${t('privacy.erased', { tickets, messages, calls, mails })} ${stays ? t('privacy.stays') : ''}`,
        withBorder: true,
        autoClose: false,
      })
    },
  })
  const ready = reason.trim() !== '' && name.trim() !== ''
  return (
    <Dialog heading={t('privacy.eraseOf', { name: person.name })} size={480} onClose={onClose}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !erase.isPending) erase.mutate()
        }}
      >
        <p>{t('privacy.eraseSays')}</p>
        <TextInput
          data-autofocus
          label={t('privacy.reason')}
          description={t('privacy.reasonSays')}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <TextInput
          label={t('privacy.name', { name: person.name })}
          value={name}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {erase.isError && (
          <p role="alert" className={classes.problem}>
            {errorText(erase.error)}
          </p>
        )}
        <Button type="submit" color="alarm" disabled={!ready} loading={erase.isPending}>
          {t('privacy.eraseNow')}
        </Button>
      </form>
    </Dialog>
  )
}
