import { Button, SegmentedControl } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import forLevel2 from '../../docs/guide-niveau-2.md?raw'
import forOperators from '../../docs/guide-operateur.md?raw'
import { sessionQuery } from '../api/queries.ts'
import { wordOf } from '../../server/contract/vocabulary.ts'
import { bound } from '../ui/bound.ts'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import classes from './guide-page.module.css'
import { type Guide, guides } from './guides.ts'
import { headingsOf, Markdown, slug } from './markdown.tsx'

const sources: Readonly<Record<Guide, string>> = { operateur: bound(forOperators), 'niveau-2': bound(forLevel2) }

/** The guides, the same texts as in docs/, with the reader's own keys: their role's first. */
export function GuidePage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const asked = useSearch({ from: '/console/guide' }).pour
  const role = useQuery(sessionQuery).data?.role
  const guide = asked ?? (role === 'level2' || role === 'referent' ? 'niveau-2' : 'operateur')
  const source = sources[guide]
  usePageTitle(t(`help.guide.${guide}`))
  return (
    <Page
      heading={t(`help.guide.${guide}`)}
      aside={
        <div className={classes.aside}>
          <SegmentedControl
            className={classes.print ?? ''}
            size="xs"
            aria-label={t('help.whose')}
            value={guide}
            onChange={(pour) => void navigate({ to: '/console/guide', search: { pour: wordOf(guides, pour) }, replace: true })}
            data={guides.map((value) => ({ value, label: t(`help.guides.${value}`) }))}
          />
          <Button
            className={classes.print ?? ''}
            variant="default"
            size="xs"
            leftSection={<IconPrinter size={15} stroke={1.7} aria-hidden="true" />}
            onClick={() => window.print()}
          >
            {t('help.print')}
          </Button>
        </div>
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
