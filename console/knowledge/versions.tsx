import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Article, ArticleVersion } from '../../server/contract/articles.ts'
import { articleVersionsQuery, restoreArticle } from '../api/articles.ts'
import { tellFailure } from '../api/commands.ts'
import { ArticleBody } from '../ui/article-body.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { fullMoment, momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import classes from './knowledge.module.css'

/** Every version of an article; one is looked at, and may be in force again. */
export function Versions({ article }: { readonly article: Article }) {
  const { t } = useTranslation()
  const versions = useQuery(articleVersionsQuery(article.number)).data ?? []
  const [looked, setLooked] = useState<ArticleVersion | null>(null)
  return (
    <Panel heading={t('knowledge.history')} figure={versions.length}>
      <ul className={classes.versions}>
        {versions.map((one) => (
          <li key={one.version}>
            <button type="button" aria-label={t('knowledge.showVersion', { version: one.version })} onClick={() => setLooked(one)}>
              <span>
                <strong>{t(`knowledge.what.${one.what}`)}</strong>
                <small className="g-num">{momentOf(one.at)}</small>
              </span>
              <small>
                {one.by}
                {one.version === article.version && ` · ${t('knowledge.inForce')}`}
              </small>
            </button>
          </li>
        ))}
      </ul>
      {looked !== null && <Older article={article} one={looked} onClose={() => setLooked(null)} />}
    </Panel>
  )
}

function Older({ article, one, onClose }: { readonly article: Article; readonly one: ArticleVersion; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const back = () => {
    setBusy(true)
    restoreArticle(article.number, article.version, one.version)
      .then((saved) => {
        onClose()
        notifications.show({
          id: 'article-restored',
          message: (
            <span className={classes.undo}>
              {t('knowledge.restored', { version: one.version })}
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  notifications.hide('article-restored')
                  void restoreArticle(article.number, saved.version, article.version).catch(tellFailure)
                }}
              >
                {t('knowledge.undo')}
              </Button>
            </span>
          ),
          withBorder: true,
        })
      }, tellFailure)
      .finally(() => setBusy(false))
  }
  return (
    <Dialog heading={t('knowledge.versionOf', { version: one.version, when: fullMoment(one.at) })} size={760} onClose={onClose}>
      <div className={classes.older}>
        <header>
          <span>
            {t(`knowledge.what.${one.what}`)} {t('knowledge.changedBy', { who: one.by })}
          </span>
          {one.version !== article.version && (
            <Button
              size="compact-sm"
              variant="default"
              loading={busy}
              leftSection={<IconArrowBackUp size={14} stroke={1.8} />}
              onClick={back}
            >
              {t('knowledge.restore')}
            </Button>
          )}
        </header>
        <h3>{one.content.title}</h3>
        <ArticleBody html={one.content.body} />
      </div>
    </Dialog>
  )
}
