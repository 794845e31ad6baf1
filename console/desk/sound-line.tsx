import { IconAntennaBars2, IconAntennaBars3, IconAntennaBars5 } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { soundNow, type SoundNow } from '../live/own-phone.ts'
import { count } from '../ui/format.ts'
import classes from './sound-line.module.css'

type Grade = 'good' | 'fair' | 'bad'
const icons = { good: IconAntennaBars5, fair: IconAntennaBars3, bad: IconAntennaBars2 }

/** ITU-T G.114 holds 150 ms one way for transparent; a few percent lost are heard. */
function gradeOf({ lossPercent, jitterMs, roundTripMs }: SoundNow): Grade {
  if (lossPercent >= 5 || jitterMs >= 80 || (roundTripMs ?? 0) >= 500) return 'bad'
  return lossPercent >= 1.5 || jitterMs >= 35 || (roundTripMs ?? 0) >= 300 ? 'fair' : 'good'
}

/** How the conversation sounds in this browser; nothing for other phones. */
export function SoundLine() {
  const { t } = useTranslation()
  const sound = useSyncExternalStore(soundNow.watch, soundNow.get)
  if (sound === null) return null
  const grade = gradeOf(sound)
  const Icon = icons[grade]
  const figures = { jitter: count(Math.round(sound.jitterMs)), loss: count(Math.round(sound.lossPercent)) }
  const whole =
    sound.roundTripMs === null
      ? t('phone.sound.saysShort', figures)
      : t('phone.sound.says', { ...figures, trip: count(Math.round(sound.roundTripMs)) })
  return (
    <p className={classes.sound} data-grade={grade}>
      <Icon size={15} stroke={1.8} aria-hidden="true" />
      <span>{t(`phone.sound.${grade}`)}</span>
      <small className="g-num" title={whole}>
        {grade === 'good' ? t('phone.sound.saysShort', figures) : whole}
      </small>
    </p>
  )
}
