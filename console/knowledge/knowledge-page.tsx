import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconBook2, IconPlus, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ListedArticle } from '../../server/contract/articles.ts'
import { articleStates, wordOf } from '../../server/contract/vocabulary.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { articlesQuery } from '../api/articles.ts'
import { sessionQuery } from '../api/queries.ts'
import { settingsQuery } from '../api/settings.ts'
import { Empty } from '../ui/empty.tsx'
import { dayOf, momentOf } from '../ui/format.ts'
import { Keys } from '../ui/kbd.tsx'
import { KeyButton } from '../ui/key-button.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { Pill } from '../ui/pill.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import { useSearchText } from '../ui/search-text.ts'
import { useShortcuts } from '../ui/shortcuts.ts'
import { ClosedTickets } from './closed-tickets.tsx'
import type { KnowledgeSearch } from './knowledge-search.ts'
import classes from './knowledge.module.css'
import { shownTopics, type ShownTopic } from './topics.ts'
import { stateTones } from './words.ts'

/** Under no heading, or one that is retired. */
const elsewhere = 'autres'

/** « Connaissances »: articles under their index, and how closed tickets were solved. */
export function KnowledgePage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/console/connaissances' })
  const navigate = useNavigate()
  const session = useQuery(sessionQuery).data ?? null
  const may = session !== null && mayCall(session, 'POST /api/articles')
  usePageTitle(t('knowledge.heading'))
  const go = (change: { [K in keyof KnowledgeSearch]: KnowledgeSearch[K] | undefined }) => {
    const next = Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined && value !== ''))
    void navigate({ to: '/console/connaissances', search: next, replace: true })
  }
  const begin = () => void navigate({ to: '/console/connaissances/$number', params: { number: 'nouveau' } })
  useShortcuts([
    ...(may ? [{ key: 'n', run: begin }] : []),
    { key: '/', run: () => document.querySelector<HTMLInputElement>('[data-field=knowledge]')?.focus() },
  ])
  const tickets = search.tickets === 'clos'
  return (
    <Page
      wide
      heading={t('knowledge.heading')}
      aside={
        may && (
          <div className={classes.aside}>
            <KeyButton leftSection={<IconPlus size={16} stroke={1.7} />} keys="N" onClick={begin}>
              {t('knowledge.new')}
            </KeyButton>
          </div>
        )
      }
    >
      <p className={classes.intro}>{t('knowledge.intro')}</p>
      <div className={classes.tools}>
        <SegmentedControl
          aria-label={t('knowledge.heading')}
          value={tickets ? 'tickets' : 'articles'}
          onChange={(value) => go({ tickets: value === 'tickets' ? 'clos' : undefined })}
          data={[
            { value: 'articles', label: t('knowledge.articles') },
            { value: 'tickets', label: t('knowledge.closedTickets') },
          ]}
        />
        <Search
          label={t(tickets ? 'knowledge.searchTickets' : 'knowledge.search')}
          value={search.q ?? ''}
          onSearch={(q) => go({ q: q === '' ? undefined : q })}
        />
      </div>
      {tickets ? (
        <ClosedTickets
          search={search.q ?? ''}
          categoryId={search.categorie ?? null}
          onCategory={(id) => go({ categorie: id ?? undefined })}
        />
      ) : (
        <Articles search={search} may={may} onGo={go} />
      )}
    </Page>
  )
}

function Search({ label, value, onSearch }: { readonly label: string; readonly value: string; readonly onSearch: (q: string) => void }) {
  const { text, change } = useSearchText(value, onSearch)
  return (
    <TextInput
      className={classes.search ?? ''}
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} stroke={1.7} />}
      rightSection={<Keys keys="/" />}
      rightSectionWidth={40}
      value={text}
      maxLength={200}
      data-field="knowledge"
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}

type ArticlesProps = {
  readonly search: KnowledgeSearch
  readonly may: boolean
  readonly onGo: (change: { [K in keyof KnowledgeSearch]: KnowledgeSearch[K] | undefined }) => void
}

function Articles({ search, may, onGo }: ArticlesProps) {
  const { t } = useTranslation()
  const topics = shownTopics(useQuery(settingsQuery).data?.knowledge.value.topics ?? [])
  const { q, rubrique, etat, relire } = search
  const whole = useQuery(articlesQuery({}))
  const found = useQuery(
    articlesQuery({
      ...(q !== undefined && { search: q }),
      ...(etat !== undefined && { state: etat }),
      ...(relire !== undefined && { due: 'true' as const }),
    }),
  )
  const topicOf = ({ topicId }: ListedArticle) => (topics.some(({ id }) => id === topicId) ? topicId : elsewhere)
  const shown = (found.data?.articles ?? []).filter((one) => rubrique === undefined || topicOf(one) === rubrique)
  const counted = new Map<string | null, number>()
  for (const one of whole.data?.articles ?? []) counted.set(topicOf(one), (counted.get(topicOf(one)) ?? 0) + 1)
  return (
    <div className={classes.columns}>
      <Index
        topics={topics}
        counted={counted}
        total={whole.data?.articles.length ?? 0}
        due={may ? (whole.data?.due ?? 0) : 0}
        search={search}
        onGo={onGo}
      />
      <div className={classes.main}>
        {may && (
          <div className={classes.tools}>
            <Select
              aria-label={t('knowledge.state')}
              w={190}
              clearable
              placeholder={t('knowledge.anyState')}
              value={etat ?? null}
              data={articleStates.map((value) => ({ value, label: t(`knowledge.states.${value}`) }))}
              onChange={(value) => onGo({ etat: wordOf(articleStates, value) })}
            />
          </div>
        )}
        {found.isError && <ReadFailure text={t('knowledge.failed')} of={found} />}
        {found.data?.corrected.map(({ typed, taken }) => (
          <p key={typed} className={classes.note} role="status">
            {t('knowledge.corrected', { typed, taken })}
          </p>
        ))}
        {shown.length > 0 && (
          <Panel label={t('knowledge.articles')}>
            <ul className={classes.rows}>
              {shown.map((one) => (
                <Row key={one.number} one={one} topic={topics.find(({ id }) => id === one.topicId)?.name ?? t('knowledge.other')} />
              ))}
            </ul>
          </Panel>
        )}
        {found.data !== undefined && shown.length === 0 && (
          <Empty
            icon={<IconBook2 size={24} stroke={1.6} />}
            heading={t(q === undefined ? 'knowledge.none' : 'knowledge.noneFound')}
            text={t(q === undefined ? 'knowledge.noneText' : 'knowledge.noneFoundText')}
          >
            {q !== undefined && (
              <Button variant="default" onClick={() => onGo({ tickets: 'clos' })}>
                {t('knowledge.closedTickets')}
              </Button>
            )}
          </Empty>
        )}
      </div>
    </div>
  )
}

type IndexProps = {
  readonly topics: readonly ShownTopic[]
  readonly counted: ReadonlyMap<string | null, number>
  readonly total: number
  readonly due: number
  readonly search: KnowledgeSearch
  readonly onGo: ArticlesProps['onGo']
}

function Index({ topics, counted, total, due, search: { rubrique, relire }, onGo }: IndexProps) {
  const { t } = useTranslation()
  const entry = (id: string | undefined, name: string, figure: number, depth = 0) => (
    <button
      key={id ?? ''}
      type="button"
      aria-pressed={relire === undefined && rubrique === id}
      style={{ paddingLeft: 10 + 14 * depth }}
      onClick={() => onGo({ rubrique: id, relire: undefined })}
    >
      <span>{name}</span>
      <span className="g-num">{figure > 0 && figure}</span>
    </button>
  )
  return (
    <nav className={classes.index} aria-label={t('knowledge.index')}>
      <h2>{t('knowledge.index')}</h2>
      {entry(undefined, t('knowledge.all'), total)}
      {topics.map(({ id, name, depth }) => entry(id, name, counted.get(id) ?? 0, depth))}
      {(counted.get(elsewhere) ?? 0) > 0 && entry(elsewhere, t('knowledge.other'), counted.get(elsewhere) ?? 0)}
      {due > 0 && (
        <>
          <hr />
          <button
            type="button"
            data-due
            aria-pressed={relire !== undefined}
            onClick={() => onGo({ relire: relire === undefined ? 'oui' : undefined, rubrique: undefined })}
          >
            <span>{t('knowledge.due')}</span>
            <span className="g-num">{due}</span>
          </button>
        </>
      )}
    </nav>
  )
}

function Row({ one, topic }: { readonly one: ListedArticle; readonly topic: string }) {
  const { t } = useTranslation()
  const opinions = one.helped + one.notHelped
  return (
    <li>
      <Link to="/console/connaissances/$number" params={{ number: String(one.number) }} className={classes.row}>
        <span className={classes.head}>
          <strong>{one.title}</strong>
          <Pill tone={stateTones[one.state]}>{t(`knowledge.states.${one.state}`)}</Pill>
          {one.due && one.reviewOn !== null && <Pill tone="warn">{t('knowledge.due')}</Pill>}
        </span>
        <span className={classes.beginning}>{one.beginning}</span>
        <span className={`${classes.meta} g-num`}>
          <span>{topic}</span>
          <span>{t('knowledge.by', { who: one.by, when: momentOf(one.at) })}</span>
          {one.reviewOn !== null && (
            <span>
              {t('knowledge.reviewOn')} {dayOf(one.reviewOn)}
            </span>
          )}
          {one.read > 0 && <span>{t('knowledge.reads', { count: one.read })}</span>}
          {opinions > 0 && (
            <span>
              {t('knowledge.helpedLabel')} : {t('knowledge.helped', { yes: one.helped, no: one.notHelped })}
            </span>
          )}
        </span>
      </Link>
    </li>
  )
}
