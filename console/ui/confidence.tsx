import { IconHelpCircle, IconMessageCircle, IconPhoneCheck, IconShieldCheckFilled, IconUserCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Confidence } from '../../server/contract/people.ts'
import { Pill } from './pill.tsx'

/** A shape of its own for each: nothing is told by colour alone. */
const icons = {
  unknown: IconHelpCircle,
  declared: IconMessageCircle,
  presumed: IconPhoneCheck,
  'signed-in': IconUserCheck,
  verified: IconShieldCheckFilled,
} as const
const tones = { unknown: 'warn', declared: 'warn', presumed: 'plain', 'signed-in': 'accent', verified: 'ok' } as const

/** How sure one may be of who this is. */
export function ConfidencePill({ of }: { of: Confidence }) {
  const { t } = useTranslation()
  const Icon = icons[of]
  return (
    <span title={t(`people.confidenceSays.${of}`)}>
      <Pill tone={tones[of]} icon={<Icon size={13} stroke={1.9} aria-hidden="true" />}>
        {t(`people.confidence.${of}`)}
      </Pill>
    </span>
  )
}
