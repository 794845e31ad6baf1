import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { setShortcutsOn, useShortcutsOn } from '../ui/shortcuts.ts'
import { Dialog } from '../ui/dialog.tsx'
import classes from './shortcut-help.module.css'

const single = [
  ['A', 'answer'],
  ['X', 'decline'],
  ['H', 'hold'],
  ['E', 'extend'],
  ['F', 'finish'],
  ['P', 'ready'],
  ['G', 'frontDesk'],
  ['N', 'newTicket'],
  ['I', 'title'],
  ['C', 'call'],
  ['S', 'next'],
  ['L', 'attach'],
  ['O', 'refuse'],
  ['D', 'disruption'],
  ['V', 'message'],
  ['=', 'verify'],
  ['Q', 'attachNumber'],
  ['M', 'mute'],
  ['Z', 'record'],
  ['T', 'transfer'],
  ['R', 'back'],
  ['U', 'toUser'],
  ['W', 'putAside'],
  ['B', 'giveBack'],
  ['Y', 'script'],
  ['#', 'keyPad'],
  ['/', 'search'],
  ['J  K', 'walk'],
  ['?', 'help'],
] as const
const combined = [
  ['Ctrl ↵', 'save'],
  ['⇧ ↵', 'solved'],
  ['Ctrl K', 'palette'],
] as const

/** Every key, and the switch that turns single ones off. */
export default function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const on = useShortcutsOn()
  return (
    <Dialog heading={t('keys.heading')} size={460} onClose={onClose}>
      <Switch
        checked={on}
        onChange={(event) => setShortcutsOn(event.currentTarget.checked)}
        label={t('keys.toggle')}
        description={t('keys.intro')}
      />
      <dl className={classes.keys} data-off={!on || undefined}>
        {single.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`keys.${text}`)}</dd>
          </div>
        ))}
      </dl>
      <dl className={classes.keys}>
        {combined.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`keys.${text}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
