import { Button } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { i18n } from './i18n.ts'

const formats = ['ods', 'xlsx', 'csv'] as const
type Format = (typeof formats)[number]

/** What is shown, as a file: one press for each format. @param url where the browser fetches it */
export function SheetButtons({ url, disabled = false }: { url: (format: Format, language: 'fr' | 'en') => string; disabled?: boolean }) {
  const { t } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'fr'
  return (
    <Button.Group aria-label={t('sheets.group')}>
      {formats.map((format, i) => (
        <Button
          key={format}
          component="a"
          download
          href={url(format, language)}
          variant="default"
          px={12}
          leftSection={i === 0 ? <IconFileSpreadsheet size={16} stroke={1.6} aria-hidden="true" /> : undefined}
          aria-label={t('sheets.as', { format: format.toUpperCase() })}
          disabled={disabled}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </Button.Group>
  )
}
