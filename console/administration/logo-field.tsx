import { Button, FileButton, Input } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import own from './logo-field.module.css'

/** In pixels: twice what is shown anywhere. */
const [widest, highest] = [320, 96]
/** What the settings take, as text. */
const longest = 60_000

/** A picture made small enough to be sent with every page. @throws Error when it is none that the browser can draw */
async function reduced(file: File): Promise<string> {
  const drawn = await createImageBitmap(file)
  const scale = Math.min(1, widest / drawn.width, highest / drawn.height)
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(drawn.width * scale))
  canvas.height = Math.max(1, Math.round(drawn.height * scale))
  canvas.getContext('2d')?.drawImage(drawn, 0, 0, canvas.width, canvas.height)
  const png = canvas.toDataURL('image/png')
  return png.length <= longest ? png : canvas.toDataURL('image/webp', 0.85)
}

/** The site's own picture. */
export function LogoField({ logo, onChange }: { readonly logo: string | null; readonly onChange: (logo: string | null) => void }) {
  const { t } = useTranslation()
  const [wrong, setWrong] = useState(false)
  const take = async (file: File | null) => {
    if (file === null) return
    const picture = await reduced(file).catch(() => null)
    setWrong(picture === null || picture.length > longest)
    if (picture !== null && picture.length <= longest) onChange(picture)
  }
  return (
    <Input.Wrapper
      label={t('portalSettings.logo')}
      description={t('portalSettings.logoSays')}
      error={wrong ? t('portalSettings.logoWrong') : undefined}
      labelElement="div"
    >
      <div className={own.row}>
        {logo !== null && <img src={logo} alt={t('portalSettings.logo')} />}
        <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => void take(file)}>
          {(props) => (
            <Button {...props} variant="default" size="compact-md">
              {t(logo === null ? 'portalSettings.logoChoose' : 'portalSettings.logoOther')}
            </Button>
          )}
        </FileButton>
        {logo !== null && (
          <Button variant="default" size="compact-md" onClick={() => onChange(null)}>
            {t('portalSettings.logoRemove')}
          </Button>
        )}
      </div>
    </Input.Wrapper>
  )
}
