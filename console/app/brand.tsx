import { useTranslation } from 'react-i18next'
import { Logo } from '../ui/logo.tsx'
import { useDeskName } from '../ui/page-title.ts'
import classes from './brand.module.css'

/** The desk's picture and name: the site's own where it has them. @param size in pixels */
export function Brand({ name, logo, size }: { readonly name: string | undefined; readonly logo: string | null; readonly size: number }) {
  const { t } = useTranslation()
  const own = useDeskName(name)
  return (
    <>
      {logo === null ? <Logo size={size} /> : <img src={logo} alt="" height={size} className={classes.logo} />}
      <div className={own === null ? undefined : classes.own}>
        {own ?? t('name.short')}
        {own === null && <small>{t('name.rest')}</small>}
      </div>
    </>
  )
}
