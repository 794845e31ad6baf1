import { Button, NativeSelect } from '@mantine/core'
import { IconMicrophone, IconPhone, IconPhoneX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhoneProgress, PhoneTask, SoundDraft, SpokenLanguage } from '../../server/contract/announcements.ts'
import { letTelephoneGo, ringTelephone, telephoneQuery } from '../api/announcements.ts'
import { tellFailure } from '../api/commands.ts'
import classes from './announcement-side.module.css'

type TelephoneProps = {
  readonly title: string
  readonly language: SpokenLanguage
  /** The sound that a telephone would be played. */
  readonly listen: string | null
  readonly onRecorded: (draft: SoundDraft) => void
}

const isOver = (task: PhoneProgress) => task.stage === 'done' || task.stage === 'failed'

/** A telephone to record at or to listen at; how far that is, as the server says. */
export function TelephoneTask({ title, language, listen, onRecorded }: TelephoneProps) {
  const { t } = useTranslation()
  const { data } = useQuery(telephoneQuery)
  const [chosen, setChosen] = useState<string | null>(null)
  const [begun, setBegun] = useState<string | null>(null)
  const telephones = data?.telephones ?? []
  const operatorId = chosen ?? telephones[0]?.operatorId
  const task = data?.task ?? null
  const mine = task !== null && task.id === begun ? task : null
  const draft = mine?.stage === 'done' ? mine.draft : null
  useEffect(() => {
    if (draft === null) return
    setBegun(null)
    onRecorded(draft)
  }, [draft, onRecorded])

  if (telephones.length === 0) return <p className={classes.hint}>{t('announcements.noTelephone')}</p>
  const busy = task !== null && !isOver(task)
  const ring = (what: PhoneTask) =>
    ringTelephone(what).then(
      ({ id }) => setBegun(id),
      (error: unknown) => tellFailure(error, title),
    )
  return (
    <div
      className={classes.telephone}
      role="group"
      aria-label={`${t('announcements.telephone')}, ${t(`announcements.languages.${language}`)}`}
    >
      <NativeSelect
        aria-label={t('announcements.telephone')}
        leftSection={<IconPhone size={15} stroke={1.7} aria-hidden="true" />}
        value={operatorId ?? ''}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={telephones.map((p) => ({ value: p.operatorId, label: `${p.name} (${p.extension})` }))}
      />
      <Button
        variant="default"
        leftSection={<IconMicrophone size={16} stroke={1.7} aria-hidden="true" />}
        disabled={busy || operatorId === undefined}
        onClick={() => operatorId !== undefined && void ring({ kind: 'record', operatorId })}
      >
        {t('announcements.record')}
      </Button>
      <Button
        variant="default"
        disabled={busy || listen === null || operatorId === undefined}
        onClick={() => listen !== null && operatorId !== undefined && void ring({ kind: 'listen', operatorId, sound: listen })}
      >
        {t('announcements.listen')}
      </Button>
      {mine !== null && (
        <p className={classes.stage} role="status">
          {t(`announcements.stages.${mine.stage}`)} {mine.reason !== null && t(`announcements.reasons.${mine.reason}`)}
          {!isOver(mine) && (
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPhoneX size={15} stroke={1.7} aria-hidden="true" />}
              onClick={() => void letTelephoneGo().catch((error: unknown) => tellFailure(error, title))}
            >
              {t('announcements.letGo')}
            </Button>
          )}
        </p>
      )}
    </div>
  )
}
