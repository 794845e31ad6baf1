import { Button, NativeSelect, Slider, Switch } from '@mantine/core'
import { IconVolume } from '@tabler/icons-react'
import { useId, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { ringOnce } from '../desk/ring.ts'
import { audioSettings, type AudioSettings } from '../ui/audio-settings.ts'
import { allowNotices, noticesExist, noticeWanted } from '../ui/desktop-notice.ts'
import { deviceChoices, useDevices } from './audio-devices.tsx'
import classes from './phone-dialog.module.css'

/** How this computer rings, whichever phone is picked up: how loud, where, and on the desktop while the tab is hidden. */
export function RingSettings() {
  const { t } = useTranslation()
  const settings = useSyncExternalStore(audioSettings.watch, audioSettings.get)
  const wanted = useSyncExternalStore(noticeWanted.watch, noticeWanted.get)
  const [refused, setRefused] = useState(false)
  const devices = useDevices()
  const volumeId = useId()
  const set = (change: Partial<AudioSettings>) => audioSettings.set({ ...settings, ...change })
  const notify = async (on: boolean) => {
    const may = !on || (await allowNotices())
    setRefused(!may)
    noticeWanted.set(on && may)
  }
  return (
    <section className={classes.devices} aria-label={t('phone.ringing')}>
      <div className={classes.volume}>
        <div>
          <span id={volumeId}>{t('phone.ring')}</span>
          <Slider
            aria-labelledby={volumeId}
            thumbLabel={t('phone.ring')}
            value={settings.ringVolume}
            onChange={(ringVolume) => set({ ringVolume })}
            step={5}
            label={(value) => `${value} %`}
          />
        </div>
        <Button size="xs" variant="default" leftSection={<IconVolume size={15} stroke={1.7} />} onClick={() => ringOnce()}>
          {t('phone.tryRing')}
        </Button>
      </div>
      <NativeSelect
        label={t('phone.ringer')}
        value={settings.ringer ?? ''}
        onChange={(event) => set({ ringer: event.currentTarget.value === '' ? null : event.currentTarget.value })}
        data={deviceChoices(devices, 'audiooutput', t)}
      />
      {noticesExist() && (
        <Switch
          checked={wanted}
          onChange={(event) => void notify(event.currentTarget.checked)}
          label={t('phone.notice')}
          description={t(refused ? 'phone.noticeRefused' : 'phone.noticeSays')}
        />
      )}
    </section>
  )
}
