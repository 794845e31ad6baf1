import { Menu } from '@mantine/core'
import { IconTemplate } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filledIn } from '../../server/contract/phrase-words.ts'
import { settingsQuery } from '../api/settings.ts'
import { KeyButton } from '../ui/key-button.tsx'
import type { PhraseValues } from '../ui/phrase-field.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import type { Draft } from './draft.ts'
import { withTemplate } from './draft-edits.ts'

type Props = { readonly draft: Draft; readonly values: PhraseValues; readonly onChange: (draft: Draft) => void }

/** Starts the ticket from what is asked again and again; what is written already stays. */
export function TemplateMenu({ draft, values, onChange }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const templates = useQuery(settingsQuery).data?.phrases.value.templates ?? []
  useShortcuts(templates.length === 0 ? [] : [{ key: 'B', run: () => setOpen(true) }])
  if (templates.length === 0) return null
  return (
    <Menu opened={open} onChange={setOpen} position="bottom-start" width={280}>
      <Menu.Target>
        <KeyButton size="compact-xs" variant="subtle" leftSection={<IconTemplate size={14} stroke={1.7} />} keys="Shift+B">
          {t('phrases.template')}
        </KeyButton>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('phrases.templates')}>
        {templates.map((template) => (
          <Menu.Item
            key={template.id}
            onClick={() => {
              const filled = {
                ...template,
                title: filledIn(template.title, values),
                summary: filledIn(template.summary, values),
                solution: filledIn(template.solution, values),
              }
              onChange(withTemplate(draft, filled, new Date().toISOString()))
            }}
          >
            {template.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
