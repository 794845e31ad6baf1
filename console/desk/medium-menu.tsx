import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { handMedia, wordOf } from '../../server/contract/vocabulary.ts'
import type { Draft } from './draft.ts'
import { withMedium } from './draft-edits.ts'
import classes from './medium-menu.module.css'

/** By which way somebody came whose ticket is written by hand. */
export function MediumMenu({ draft, onChange }: { readonly draft: Draft; readonly onChange: (draft: Draft) => void }) {
  const { t } = useTranslation()
  const said = t(`media.${draft.medium}`)
  const choose = (value: string) => {
    const medium = wordOf(handMedia, value)
    if (medium !== undefined) onChange(withMedium(draft, medium, new Date().toISOString()))
  }
  return (
    <Menu position="bottom-start" width={300}>
      <Menu.Target>
        <Button
          size="compact-xs"
          radius="xl"
          variant="default"
          rightSection={<IconChevronDown size={13} stroke={1.8} aria-hidden="true" />}
          aria-label={t('handMedia.label', { medium: said })}
        >
          {said}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('handMedia.choose')}>
        <Menu.RadioGroup value={draft.medium} onChange={choose}>
          {handMedia.map((medium) => (
            <Menu.RadioItem key={medium} value={medium} closeMenuOnClick>
              {t(`media.${medium}`)}
              <small className={classes.says}>{t(`handMedia.says.${medium}`)}</small>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
