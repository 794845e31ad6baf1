import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../ui/panel.tsx'
import fields from './fields.module.css'

/** A poster for a counter, a room, a printer: its code opens the form with that place filled in. Nothing of it is kept. */
export function PlacePoster() {
  const { t } = useTranslation()
  const [place, setPlace] = useState('')
  const query = place.trim() === '' ? '' : `?lieu=${encodeURIComponent(place.trim())}`
  const withOpening = (input: ReactNode) => (
    <div className={fields.beside}>
      {input}
      <Button component="a" href={`/carte${query}`} target="_blank" rel="noopener" variant="default">
        {t('portalSettings.posterOpen')}
      </Button>
    </div>
  )
  return (
    <Panel heading={t('portalSettings.poster')}>
      <div className={fields.fields}>
        <TextInput
          className={fields.wide ?? ''}
          label={t('portalSettings.posterPlace')}
          description={t('portalSettings.posterSays')}
          placeholder={t('portalSettings.posterExample')}
          maxLength={200}
          value={place}
          onChange={(event) => setPlace(event.currentTarget.value)}
          inputContainer={withOpening}
        />
      </div>
    </Panel>
  )
}
