import '@mantine/core/styles/Radio.css'
import '@mantine/core/styles/Slider.css'
import { Radio, Skeleton } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { PhoneChoice, PhoneKind } from '../../server/contract/phones.ts'
import { ApiError } from '../api/client.ts'
import { tellFailure } from '../api/commands.ts'
import { errorText } from '../api/error-text.ts'
import { choosePhone, phoneChoiceQuery } from '../api/phones.ts'
import { phoneQuery } from '../api/queries.ts'
import { useLive } from '../live/use-live.ts'
import { myself } from '../live/desk.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import { AudioDevices } from './audio-devices.tsx'
import classes from './phone-dialog.module.css'
import { PhoneState } from './phone-state.tsx'
import { RingSettings } from './ring-settings.tsx'
import { SipAccount } from './sip-account.tsx'

/** Which phone rings for me, and all there is to set about it. */
export default function PhoneDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const choice = useQuery(phoneChoiceQuery)
  return (
    <Dialog heading={t('phone.heading')} size={500} onClose={onClose}>
      {choice.data !== undefined && <Chosen choice={choice.data} />}
      {choice.isPending && <Skeleton height={232} radius={10} />}
      {choice.isError && <ReadFailure text={t('phone.failed')} of={choice} />}
    </Dialog>
  )
}

function Chosen({ choice: { kind, offered } }: { choice: PhoneChoice }) {
  const { t } = useTranslation()
  const { desk } = useLive()
  const extension = (desk === null ? null : myself(desk))?.extension ?? ''
  const choose = useMutation({
    mutationFn: (next: PhoneKind | null) => choosePhone(next),
    onError: (error) => tellFailure(error, t('phone.chosenFailed')),
  })
  const now = choose.isPending ? (choose.variables ?? 'any') : (kind ?? 'any')
  // The demonstration's takes whichever there is.
  const kinds = offered.includes('demo') ? offered : [...offered, 'any' as const]
  return (
    <>
      <Radio.Group
        label={t('phone.which')}
        value={now}
        onChange={(value) => choose.mutate(value === 'any' ? null : value)}
        classNames={{ label: classes.label ?? '' }}
      >
        <div className={classes.kinds}>
          {kinds.map((one) => (
            <Radio
              key={one}
              value={one}
              label={t(`phone.kinds.${one}`)}
              description={t(`phone.kindSays.${one}`, { extension })}
              classNames={{ root: classes.kind ?? '', body: classes.kindBody ?? '' }}
            />
          ))}
        </div>
      </Radio.Group>
      {now === 'browser' && !choose.isPending && (
        <>
          <PhoneState />
          <AudioDevices />
        </>
      )}
      {(now === 'registered' || now === 'any') && <Registration />}
      <RingSettings />
    </>
  )
}

function Registration() {
  const { t } = useTranslation()
  const account = useQuery(phoneQuery)
  const absent = account.error instanceof ApiError && account.error.status === 404
  if (account.data !== undefined) return <SipAccount account={account.data} />
  if (account.isPending) return <Skeleton height={148} mt={14} radius={10} />
  return <p className={classes.text}>{absent ? t('phone.none') : `${t('phone.failed')} : ${errorText(account.error)}`}</p>
}
