import { Button, Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { role as roles } from '../../server/contract/entities.ts'
import type { DirectorySettings } from '../../server/contract/settings.ts'
import { Panel } from '../ui/panel.tsx'
import neighbour from './neighbour.module.css'
import classes from './directory-page.module.css'
import { OrderButtons } from './order-buttons.tsx'

type Rule = DirectorySettings['roles'][number]
type Props = { readonly rules: readonly Rule[]; readonly onChange: (rules: readonly Rule[]) => void }
const given = roles.exclude(['user'])

/** Which group of the directory gives which role, in their order. */
export function DirectoryRules({ rules, onChange }: Props) {
  const { t } = useTranslation()
  const replace = (index: number, rule: Rule) => onChange(rules.map((one, i) => (i === index ? rule : one)))
  return (
    <Panel heading={t('access.directory.rules')}>
      <p className={neighbour.under}>{t(rules.length === 0 ? 'access.directory.rulesNone' : 'access.directory.rulesSays')}</p>
      <ol className={classes.rules}>
        {rules.map((rule, i) => (
          // A rule has no name of its own while it is typed; its place is what tells it from the others.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={i}>
            <span className="g-num">{i + 1}</span>
            <TextInput
              aria-label={t('access.directory.group', { n: i + 1 })}
              placeholder={t('access.directory.groupExample')}
              value={rule.group}
              maxLength={500}
              spellCheck={false}
              autoCapitalize="none"
              classNames={{ input: classes.code ?? '' }}
              onChange={(event) => replace(i, { ...rule, group: event.currentTarget.value })}
            />
            <Select
              aria-label={t('access.directory.role', { n: i + 1 })}
              data={given.options.map((value) => ({ value, label: t(`role.${value}`) }))}
              value={rule.role}
              allowDeselect={false}
              onChange={(value) => replace(i, { ...rule, role: given.options.find((one) => one === value) ?? rule.role })}
            />
            <OrderButtons rows={rules} index={i} onChange={onChange} />
          </li>
        ))}
      </ol>
      <div className={classes.foot}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} stroke={1.8} aria-hidden="true" />}
          onClick={() => onChange([...rules, { group: '', role: 'operator' }])}
        >
          {t('access.directory.add')}
        </Button>
      </div>
    </Panel>
  )
}
