import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowLeft, IconBookOff, IconCheck, IconClockExclamation, IconExternalLink, IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Article } from '../../server/contract/articles.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { articleQuery, reviewArticle } from '../api/articles.ts'
import { ApiError } from '../api/client.ts'
import { tellFailure } from '../api/commands.ts'
import { sessionQuery } from '../api/queries.ts'
import { settingsQuery } from '../api/settings.ts'
import { ArticleBody } from '../ui/article-body.tsx'
import { Empty } from '../ui/empty.tsx'
import { dayOf, fullMoment } from '../ui/format.ts'
import { KeyButton } from '../ui/key-button.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { Panel } from '../ui/panel.tsx'
import { Pill } from '../ui/pill.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import classes from './knowledge.module.css'
import { Versions } from './versions.tsx'
import { stateTones } from './words.ts'

/** The editor is heavy, and only who writes needs it. */
const Editor = lazy(() => import('./article-form.tsx'))

/** An article: read, written, read again, taken back. */
export function ArticlePage() {
  const { number } = useParams({ from: '/console/connaissances/$number' })
  if (number === 'nouveau') return <Writing />
  return <Existing number={Number(number)} />
}

function Back() {
  const { t } = useTranslation()
  return (
    <Link to="/console/connaissances" className={classes.back}>
      <IconArrowLeft size={15} stroke={1.8} aria-hidden="true" />
      {t('knowledge.back')}
    </Link>
  )
}

function Frame({ children }: { readonly children: ReactNode }) {
  return (
    <div className={classes.page}>
      <Back />
      {children}
    </div>
  )
}

function Writing() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  usePageTitle(t('knowledge.new'))
  return (
    <Frame>
      <h1>{t('knowledge.form.heading')}</h1>
      <Suspense fallback={null}>
        <Editor
          article={null}
          onSaved={({ number }) =>
            void navigate({ to: '/console/connaissances/$number', params: { number: String(number) }, replace: true })
          }
          onCancel={() => void navigate({ to: '/console/connaissances' })}
        />
      </Suspense>
    </Frame>
  )
}

function Existing({ number }: { readonly number: number }) {
  const { t } = useTranslation()
  const found = useQuery(articleQuery(number))
  // A draft that was just born from a ticket is there to be worked on.
  const [editing, setEditing] = useState(() => window.location.hash === '#modifier')
  usePageTitle(found.data?.title ?? t('knowledge.heading'))
  if (found.data === undefined) {
    if (!found.isError) return null
    const absent = found.error instanceof ApiError && (found.error.status === 404 || found.error.status === 400)
    return (
      <Frame>
        {absent ? (
          <Empty icon={<IconBookOff size={24} stroke={1.6} />} heading={t('knowledge.notFound')} text={t('knowledge.notFoundText')} />
        ) : (
          <ReadFailure text={t('knowledge.failed')} of={found} />
        )}
      </Frame>
    )
  }
  return editing ? (
    <Frame>
      <h1>{t('knowledge.form.headingEdit')}</h1>
      <Suspense fallback={null}>
        <Editor article={found.data} onSaved={() => setEditing(false)} onCancel={() => setEditing(false)} />
      </Suspense>
    </Frame>
  ) : (
    <Shown article={found.data} onEdit={() => setEditing(true)} />
  )
}

function Shown({ article, onEdit }: { readonly article: Article; readonly onEdit: () => void }) {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data ?? null
  const may = session !== null && mayCall(session, 'PUT /api/articles/:number')
  useShortcuts(may ? [{ key: 'e', run: onEdit }] : [])
  return (
    <Frame>
      <h1>{article.title}</h1>
      <p className={classes.under}>
        <Pill tone={stateTones[article.state]}>{t(`knowledge.states.${article.state}`)}</Pill>
        <span>{t(`knowledge.stateSays.${article.state}`)}</span>
      </p>
      <div className={classes.gestures}>
        {may && (
          <KeyButton leftSection={<IconPencil size={16} stroke={1.7} />} keys="E" onClick={onEdit}>
            {t('knowledge.edit')}
          </KeyButton>
        )}
        {article.state === 'public' && (
          <Button
            variant="default"
            leftSection={<IconExternalLink size={16} stroke={1.7} />}
            component="a"
            href={`/faq/${article.number}`}
            target="_blank"
            rel="noopener"
          >
            {t('knowledge.openPublic')}
          </Button>
        )}
      </div>
      {article.due && <Due article={article} may={may} />}
      <div className={classes.reading}>
        <Panel label={article.title}>
          <div className={classes.text}>
            <ArticleBody html={article.body} />
          </div>
        </Panel>
        <div className={classes.side}>
          <Facts article={article} />
          {may && <Versions article={article} />}
        </div>
      </div>
    </Frame>
  )
}

/** Its day of review has come: still right, or to be changed. */
function Due({ article, may }: { readonly article: Article; readonly may: boolean }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const done = () => {
    setBusy(true)
    reviewArticle(article.number, article.version)
      .then(
        ({ reviewOn }) => notifications.show({ message: t('knowledge.reviewDone', { day: dayOf(reviewOn ?? '') }), withBorder: true }),
        tellFailure,
      )
      .finally(() => setBusy(false))
  }
  return (
    <div className={classes.due}>
      <IconClockExclamation size={18} stroke={1.7} aria-hidden="true" />
      <p>
        <strong>{t('knowledge.dueSince', { day: dayOf(article.reviewOn ?? '') })}</strong> {t('knowledge.dueSays')}
      </p>
      {may && (
        <Button size="compact-sm" variant="default" loading={busy} leftSection={<IconCheck size={14} stroke={1.8} />} onClick={done}>
          {t('knowledge.reviewed')}
        </Button>
      )}
    </div>
  )
}

function Facts({ article }: { readonly article: Article }) {
  const { t } = useTranslation()
  const topic = useQuery(settingsQuery).data?.knowledge.value.topics.find(({ id }) => id === article.topicId)?.name
  return (
    <Panel heading={`n° ${article.number}`}>
      <dl className={`${classes.facts} g-num`}>
        <dt>{t('knowledge.form.topic')}</dt>
        <dd>{topic ?? t('knowledge.other')}</dd>
        {article.keywords !== '' && (
          <>
            <dt>{t('knowledge.form.keywords')}</dt>
            <dd>{article.keywords}</dd>
          </>
        )}
        <dt>{t('knowledge.author')}</dt>
        <dd>{article.author}</dd>
        <dt>{t('knowledge.changed')}</dt>
        <dd>
          {fullMoment(article.at)}
          <small>{t('knowledge.changedBy', { who: article.by })}</small>
        </dd>
        {article.reviewOn !== null && (
          <>
            <dt>{t('knowledge.reviewOn')}</dt>
            <dd>{dayOf(article.reviewOn)}</dd>
          </>
        )}
        {article.fromTicket !== null && (
          <>
            <dt>{t('knowledge.fromTicket')}</dt>
            <dd>
              <Link to="/console/tickets/$number" params={{ number: String(article.fromTicket) }}>
                n°&nbsp;{article.fromTicket}
              </Link>
            </dd>
          </>
        )}
        {article.state === 'public' && (
          <>
            <dt>{t('knowledge.read')}</dt>
            <dd>
              {t('knowledge.reads', { count: article.read })}
              <small>
                {t('knowledge.helpedLabel')} : {t('knowledge.helped', { yes: article.helped, no: article.notHelped })},{' '}
                {t('knowledge.lastDays')}
              </small>
            </dd>
          </>
        )}
      </dl>
    </Panel>
  )
}
