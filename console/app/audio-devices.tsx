import { Button, NativeSelect } from '@mantine/core'
import { IconMicrophone } from '@tabler/icons-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { ownPhone } from '../live/own-phone.ts'
import { audioSettings, microphoneWanted, type AudioSettings } from '../ui/audio-settings.ts'
import classes from './phone-dialog.module.css'

type Kind = 'microphone' | 'speaker'
const kindOf = { microphone: 'audioinput', speaker: 'audiooutput' } as const

/** What is plugged in, by kind; names are known once the microphone was allowed. */
export function useDevices(): readonly MediaDeviceInfo[] {
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([])
  useEffect(() => {
    const media = navigator.mediaDevices as MediaDevices | undefined
    if (media === undefined) return
    let shown = true
    const read = () =>
      void media.enumerateDevices().then(
        (found) =>
          shown && setDevices(found.filter(({ deviceId }) => deviceId !== '' && deviceId !== 'default' && deviceId !== 'communications')),
        () => undefined,
      )
    read()
    media.addEventListener('devicechange', read)
    const unwatch = ownPhone.watch(read)
    return () => {
      shown = false
      unwatch()
      media.removeEventListener('devicechange', read)
    }
  }, [])
  return devices
}

export const deviceChoices = (devices: readonly MediaDeviceInfo[], kind: MediaDeviceKind, t: TFunction) => [
  { value: '', label: t('phone.usual') },
  ...devices
    .filter((device) => device.kind === kind)
    .map(({ deviceId, label }, i) => ({ value: deviceId, label: label === '' ? t('phone.unnamed', { n: i + 1 }) : label })),
]

/** Microphone and speaker, tried at once; kept on this computer. */
export function AudioDevices() {
  const { t } = useTranslation()
  const settings = useSyncExternalStore(audioSettings.watch, audioSettings.get)
  const devices = useDevices()
  const set = (change: Partial<AudioSettings>) => audioSettings.set({ ...settings, ...change })
  const select = (kind: Kind) => (
    <NativeSelect
      label={t(`phone.${kind}`)}
      value={settings[kind] ?? ''}
      onChange={(event) => set({ [kind]: event.currentTarget.value === '' ? null : event.currentTarget.value })}
      data={deviceChoices(devices, kindOf[kind], t)}
    />
  )
  return (
    <section className={classes.devices} aria-label={t('phone.devices')}>
      {select('microphone')}
      <Level settings={settings} />
      {select('speaker')}
    </section>
  )
}

/** How loud one speaks, while it is tried. */
function Level({ settings }: { settings: AudioSettings }) {
  const { t } = useTranslation()
  const [trying, setTrying] = useState(false)
  const [level, setLevel] = useState(0)
  const { microphone } = settings
  useEffect(() => {
    if (!trying) return
    let stopped = false
    let stop = () => undefined as void
    void (async () => {
      const stream = await navigator.mediaDevices.getUserMedia(microphoneWanted({ ...audioSettings.get(), microphone }))
      const audio = new AudioContext()
      const meter = audio.createAnalyser()
      meter.fftSize = 1_024
      audio.createMediaStreamSource(stream).connect(meter)
      const samples = new Float32Array(meter.fftSize)
      const beat = window.setInterval(() => {
        meter.getFloatTimeDomainData(samples)
        const loudness = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
        // From -60 dB, a quiet room, to 0.
        setLevel(Math.max(0, Math.min(100, 100 + (20 * Math.log10(loudness + 1e-6) * 100) / 60)))
      }, 80)
      stop = () => {
        window.clearInterval(beat)
        for (const track of stream.getTracks()) track.stop()
        void audio.close()
        setLevel(0)
      }
      if (stopped) stop()
    })().catch(() => setTrying(false))
    return () => {
      stopped = true
      stop()
    }
  }, [trying, microphone])
  return (
    <div className={classes.level}>
      <Button size="xs" variant="default" leftSection={<IconMicrophone size={15} stroke={1.7} />} onClick={() => setTrying(!trying)}>
        {t(trying ? 'phone.stopTest' : 'phone.test')}
      </Button>
      <div
        className={classes.meter}
        data-drawing
        role="meter"
        aria-label={t('phone.level')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(level)}
        data-loud={level > 92 || undefined}
      >
        <span style={{ width: `${level}%` }} />
      </div>
      {trying && <small>{t('phone.levelSays')}</small>}
    </div>
  )
}
