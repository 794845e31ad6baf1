import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OutgoingSettings } from '../../server/contract/settings.ts'
import { Panel } from '../ui/panel.tsx'
import { Verdict } from './number-trial.tsx'
import classes from './outgoing.module.css'

type Target = OutgoingSettings['targets'][number]
type TargetsProps = {
  readonly targets: readonly Target[]
  readonly prefixes: readonly string[]
  readonly onChange: (targets: Target[]) => void
}

/** Where a caller may be sent; each says whether it can be dialled. */
export function Targets({ targets, prefixes, onChange }: TargetsProps) {
  const { t } = useTranslation()
  const replace = (index: number, target: Target) => onChange(targets.map((one, i) => (i === index ? target : one)))
  return (
    <Panel heading={t('settings.outgoing.targets')}>
      <p className={classes.says}>{t('settings.outgoing.targetsSays')}</p>
      <ul className={classes.targets}>
        {targets.map((target, i) => (
          // A destination has no name of its own while it is typed; its place is what tells it from the others.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={i}>
            <TextInput
              aria-label={t('settings.outgoing.targetNameOf', { n: i + 1 })}
              placeholder={t('settings.outgoing.targetName')}
              value={target.name}
              maxLength={80}
              onChange={(event) => replace(i, { ...target, name: event.currentTarget.value })}
            />
            <TextInput
              aria-label={t('settings.outgoing.targetNumberOf', { n: i + 1 })}
              placeholder="05 61 55 66 11"
              value={target.number}
              inputMode="tel"
              maxLength={40}
              onChange={(event) => replace(i, { ...target, number: event.currentTarget.value })}
            />
            <TextInput
              aria-label={t('followUp.targetMailOf', { n: i + 1 })}
              placeholder={t('followUp.targetMail')}
              value={target.email ?? ''}
              type="email"
              maxLength={254}
              onChange={({ currentTarget: { value } }) => replace(i, { ...target, email: value === '' ? null : value })}
            />
            <Verdict number={target.number} prefixes={prefixes} />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('settings.outgoing.removeTarget', { n: i + 1 })}
              onClick={() => onChange(targets.filter((_, at) => at !== i))}
            >
              <IconX size={15} stroke={1.8} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <div className={classes.add}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} stroke={1.8} />}
          onClick={() => onChange([...targets, { name: '', number: '', email: null }])}
        >
          {t('settings.outgoing.addTarget')}
        </Button>
      </div>
    </Panel>
  )
}
