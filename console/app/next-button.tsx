import { IconPlayerTrackNext } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { putAway, takeNext } from '../api/next.ts'
import { useLive } from '../live/use-live.ts'
import { KeyButton } from '../ui/key-button.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import classes from './next-bar.module.css'

/** The key and the button of « Suivant ». */
export function NextButton() {
  const { t } = useTranslation()
  useShortcuts([{ key: 's', run: () => void takeNext() }])
  return (
    <KeyButton
      size="xs"
      variant="default"
      className={classes.button ?? ''}
      data-tour="next"
      leftSection={<IconPlayerTrackNext size={15} stroke={1.7} />}
      keys="S"
      title={t('next.label')}
      onClick={() => void takeNext()}
    >
      {t('next.button')}
    </KeyButton>
  )
}

/** A call that rings is what comes next, whatever was given before. */
export function useRingPutsAway(): void {
  const { desk } = useLive()
  const ringing = desk?.calls.find((c) => c.offeredTo.includes(desk.me))?.id
  useEffect(() => {
    if (ringing !== undefined) putAway()
  }, [ringing])
}
