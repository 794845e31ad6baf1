import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconArrowForwardUp, IconExternalLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { articleQuery, suggestedArticlesQuery } from '../api/articles.ts'
import { ArticleBody, articleText } from '../ui/article-body.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { PanelHeading } from '../ui/panel.tsx'
import { Pill } from '../ui/pill.tsx'
import classes from './context.module.css'

type Props = { readonly title: string; readonly onTake: ((text: string) => void) | null }

/** Articles that may answer the title being written; one is read over the ticket, and its text taken as the solution. */
export function SuggestedArticles({ title, onTake }: Props) {
  const { t } = useTranslation()
  const [asked] = useDebouncedValue(title.trim(), 250)
  const [read, setRead] = useState<number | null>(null)
  const found = useQuery(suggestedArticlesQuery(asked))
  const articles = asked.length < 4 ? [] : (found.data ?? [])
  if (articles.length === 0) return null
  return (
    <>
      <PanelHeading text={t('knowledge.desk.heading')} figure={articles.length} />
      <ul className={classes.list}>
        {articles.map((one) => (
          <li key={one.number} className={classes.item}>
            <p>
              <button type="button" className={classes.article} onClick={() => setRead(one.number)}>
                {one.title}
              </button>
              {one.state === 'staff' && <Pill tone="hold">{t('knowledge.desk.staff')}</Pill>}
            </p>
          </li>
        ))}
      </ul>
      {read !== null && (
        <Reading
          number={read}
          onClose={() => setRead(null)}
          onTake={
            onTake === null
              ? null
              : (text) => {
                  onTake(text)
                  setRead(null)
                }
          }
        />
      )}
    </>
  )
}

type ReadingProps = { readonly number: number; readonly onClose: () => void; readonly onTake: Props['onTake'] }

function Reading({ number, onClose, onTake }: ReadingProps) {
  const { t } = useTranslation()
  const article = useQuery(articleQuery(number)).data
  if (article === undefined) return null
  return (
    <Dialog heading={article.title} size={720} onClose={onClose}>
      <ArticleBody html={article.body} />
      <p className={classes.gestures}>
        {onTake !== null && (
          <Button leftSection={<IconArrowForwardUp size={16} stroke={1.7} />} onClick={() => onTake(articleText(article.body))}>
            {t('knowledge.desk.take')}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconExternalLink size={16} stroke={1.7} />}
          component="a"
          href={article.state === 'public' ? `/faq/${number}` : `/console/connaissances/${number}`}
          target="_blank"
          rel="noopener"
        >
          {t('knowledge.desk.open')}
        </Button>
      </p>
    </Dialog>
  )
}
