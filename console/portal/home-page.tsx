import { Button } from '@mantine/core'
import { IconClock, IconForms, IconPhone } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { portalQuery } from '../api/queries.ts'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { Logo } from '../ui/logo.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import classes from './home-page.module.css'

/** The public side: whether the desk is open, and how to reach it. */
export function HomePage() {
  const { t, i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'fr'
  const portal = useQuery(portalQuery).data ?? null
  usePageTitle(t('name.rest'))
  return (
    <div className={classes.screen}>
      <header className={classes.top}>
        <span className={classes.brand}>
          <Logo size={30} />
          {t('name.short')}
        </span>
        <LanguageSwitch />
        <Button variant="default" size="xs" renderRoot={(props) => <Link to="/console" {...props} />}>
          {t('portal.console')}
        </Button>
      </header>
      <main className={classes.main}>
        {portal !== null && (
          <p className={classes.now} data-open={portal.open || undefined}>
            <i aria-hidden="true" />
            <strong lang="fr">{portal.hours}</strong>
          </p>
        )}
        <h1>{portal?.name ?? t('name.long')}</h1>
        <p className={classes.lead}>{t('portal.lead')}</p>
        <div className={classes.ways}>
          <section className={classes.way}>
            <h2>
              <IconPhone size={18} stroke={1.7} aria-hidden="true" />
              {t('portal.callNow')}
            </h2>
            {portal?.phone != null ? (
              <a className={`${classes.phone} g-num`} href={`tel:${portal.phone.replaceAll(/\s/g, '')}`}>
                {portal.phone}
              </a>
            ) : (
              <p>{t('portal.phoneNone')}</p>
            )}
            <p>{t(portal?.open === false ? 'portal.closedText' : 'portal.callText')}</p>
          </section>
          <section className={classes.way}>
            <h2>
              <IconClock size={18} stroke={1.7} aria-hidden="true" />
              {t('portal.hours')}
            </h2>
            {portal?.week[language].map((line) => (
              <p key={line}>{line}</p>
            ))}
            <p className={classes.small}>{t('portal.holidays')}</p>
            {portal?.notices[language].map((line) => (
              <p key={line} className={classes.notice}>
                {line}
              </p>
            ))}
          </section>
          <section className={classes.way}>
            <h2>
              <IconForms size={18} stroke={1.7} aria-hidden="true" />
              {t('portal.form')}
            </h2>
            <p>{t(portal?.form === true ? 'portal.formText' : 'portal.formSoon')}</p>
            {portal?.form === true && (
              <Button mt={12} component="a" href="/demande">
                {t('portal.formOpen')}
              </Button>
            )}
          </section>
        </div>
        {portal?.demo === true && (
          <p className={classes.demo}>
            <Link to="/demo">{t('portal.tryDemo')}</Link>
          </p>
        )}
      </main>
    </div>
  )
}
