import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDownload, IconFileSpreadsheet } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { i18n } from './i18n.ts'

const formats = ['ods', 'xlsx', 'csv'] as const
type Format = (typeof formats)[number]

type Url = (format: Format, language: 'fr' | 'en') => string
const languageShown = () => (i18n.language === 'en' ? 'en' : 'fr')

/** The same where there is little room: behind one button. */
export function SheetMenu({ url }: { url: Url }) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={t('sheets.group')} title={t('sheets.group')}>
          <IconDownload size={17} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((format) => (
          <Menu.Item key={format} component="a" download href={url(format, languageShown())}>
            {t('sheets.as', { format: format.toUpperCase() })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** What is shown, as a file: one press for each format. @param url where the browser fetches it */
export function SheetButtons({ url, disabled = false }: { url: Url; disabled?: boolean }) {
  const { t } = useTranslation()
  return (
    <Button.Group aria-label={t('sheets.group')}>
      {formats.map((format, i) => {
        const looks = {
          variant: 'default',
          px: 12,
          leftSection: i === 0 ? <IconFileSpreadsheet size={16} stroke={1.6} aria-hidden="true" /> : undefined,
          'aria-label': t('sheets.as', { format: format.toUpperCase() }),
          children: format.toUpperCase(),
        } as const
        if (!disabled) return <Button key={format} component="a" download href={url(format, languageShown())} {...looks} />
        // A link cannot be disabled: it would still be reached, and followed.
        return <Button key={format} disabled {...looks} />
      })}
    </Button.Group>
  )
}
