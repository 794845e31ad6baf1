import { useTranslation } from 'react-i18next'
import { Logo } from '../ui/logo.tsx'
import classes from './brand.module.css'

/** The desk's picture and name: the site's own where it has them. @param size in pixels */
export function Brand({ name, logo, size }: { readonly name: string | undefined; readonly logo: string | null; readonly size: number }) {
  const { t } = useTranslation()
  const own = name !== undefined && name !== 'Guichet unique du Numérique'
  return (
    <>
      {logo === null ? <Logo size={size} /> : <img src={logo} alt="" height={size} className={classes.logo} />}
      <div className={own ? classes.own : undefined}>
        {own ? name : t('name.short')}
        {!own && <small>{t('name.rest')}</small>}
      </div>
    </>
  )
}
