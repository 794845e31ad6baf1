import {
  IconFile,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconMovie,
  IconPhoto,
  IconVolume,
  type TablerIcon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

type Kind = 'picture' | 'pdf' | 'archive' | 'text' | 'sound' | 'film' | 'document' | 'other'
export const fileIcons: Readonly<Record<Kind, TablerIcon>> = {
  picture: IconPhoto,
  pdf: IconFileTypePdf,
  archive: IconFileZip,
  text: IconFileText,
  sound: IconVolume,
  film: IconMovie,
  document: IconFileText,
  other: IconFile,
}

export function fileKind(type: string): Kind {
  if (type.startsWith('image/')) return 'picture'
  if (type.startsWith('audio/')) return 'sound'
  if (type.startsWith('video/')) return 'film'
  if (type.startsWith('text/')) return 'text'
  if (type === 'application/pdf') return 'pdf'
  if (/zip|7z|rar/.test(type)) return 'archive'
  return /document|ole/.test(type) ? 'document' : 'other'
}

/** `340 Ko`, `2,4 Mo`. */
export function useFileSize() {
  const { t, i18n } = useTranslation()
  const shown = (n: number) => new Intl.NumberFormat(i18n.language === 'en' ? 'en-GB' : 'fr-FR', { maximumFractionDigits: 1 }).format(n)
  return (bytes: number) =>
    bytes < 1_048_576
      ? t('files.sizes.kb', { n: shown(Math.max(1, Math.round(bytes / 1024))) })
      : t('files.sizes.mb', { n: shown(bytes / 1_048_576) })
}
