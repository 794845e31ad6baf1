import { Button, NativeSelect } from '@mantine/core'
import { IconMicrophone, IconPhone, IconPhoneX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpokenLanguage } from '../../server/contract/announcements.ts'
import classes from './announcement-side.module.css'
import { isOver, type Telephone } from './use-telephone.ts'

type TelephoneProps = {
  readonly telephone: Telephone
  readonly language: SpokenLanguage
  /** The sound that a telephone would be played. */
  readonly listen: string | null
}

/** Whose telephone to ring, what for, and how far that is. */
export function TelephoneTask({ telephone, language, listen }: TelephoneProps) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string | null>(null)
  const { telephones, task, busy, ring, letGo } = telephone
  const operatorId = chosen ?? telephones[0]?.operatorId
  if (operatorId === undefined) return <p className={classes.hint}>{t('announcements.noTelephone')}</p>
  const label = `${t('announcements.telephone')}, ${t(`announcements.languages.${language}`)}`
  return (
    <div className={classes.telephone} role="group" aria-label={label}>
      <NativeSelect
        aria-label={t('announcements.telephone')}
        leftSection={<IconPhone size={15} stroke={1.7} aria-hidden="true" />}
        value={operatorId}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={telephones.map((p) => ({ value: p.operatorId, label: `${p.name} (${p.extension})` }))}
      />
      <Button
        variant="default"
        leftSection={<IconMicrophone size={16} stroke={1.7} aria-hidden="true" />}
        disabled={busy}
        onClick={() => ring({ kind: 'record', operatorId })}
      >
        {t('announcements.record')}
      </Button>
      <Button
        variant="default"
        disabled={busy || listen === null}
        onClick={() => listen !== null && ring({ kind: 'listen', operatorId, sound: listen })}
      >
        {t('announcements.listen')}
      </Button>
      <p className={classes.stage} role="status">
        {task !== null && (
          <>
            {t(`announcements.stages.${task.stage}`)} {task.reason !== null && t(`announcements.reasons.${task.reason}`)}
            {!isOver(task) && (
              <Button
                variant="subtle"
                size="compact-sm"
                leftSection={<IconPhoneX size={15} stroke={1.7} aria-hidden="true" />}
                onClick={letGo}
              >
                {t('announcements.letGo')}
              </Button>
            )}
          </>
        )}
      </p>
    </div>
  )
}
