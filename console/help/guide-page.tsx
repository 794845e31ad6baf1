import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import written from '../../docs/guide-operateur.md?raw'
import { bound } from '../ui/bound.ts'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import classes from './guide-page.module.css'
import { headingsOf, Markdown, slug } from './markdown.tsx'

const source = bound(written)

/** The operator's guide, the same text as docs/guide-operateur.md, with the reader's own keys. */
export function GuidePage() {
  const { t } = useTranslation()
  usePageTitle(t('help.guide'))
  return (
    <Page
      heading={t('help.guide')}
      aside={
        <Button
          className={classes.print ?? ''}
          variant="default"
          size="xs"
          leftSection={<IconPrinter size={15} stroke={1.7} aria-hidden="true" />}
          onClick={() => window.print()}
        >
          {t('help.print')}
        </Button>
      }
    >
      <div className={classes.frame}>
        <nav className={classes.contents} aria-label={t('help.contents')}>
          {headingsOf(source).map((heading) => (
            <a
              key={heading}
              href={`#${slug(heading)}`}
              onClick={(event) => {
                event.preventDefault()
                const place = document.getElementById(slug(heading))
                place?.scrollIntoView({ block: 'start' })
                place?.focus({ preventScroll: true })
              }}
            >
              {heading}
            </a>
          ))}
        </nav>
        <article className={classes.text} lang="fr">
          <Markdown source={source} />
        </article>
      </div>
    </Page>
  )
}
