import { IconArrowLeft, IconPhoneOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CallStory } from '../../server/contract/call-story.ts'
import { callStoryQuery } from '../api/call-story.ts'
import { ApiError } from '../api/client.ts'
import { errorText } from '../api/error-text.ts'
import { Empty } from '../ui/empty.tsx'
import { clockOf, fullMoment } from '../ui/format.ts'
import { i18n } from '../ui/i18n.ts'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import classes from './story.module.css'

/** What happened to one call, second by second. */
export function StoryPage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/console/appels/$id' })
  const { data, error } = useQuery(callStoryQuery(id))
  usePageTitle(t('story.heading'))
  return (
    <Page
      heading={t('story.heading')}
      aside={
        <Link to="/console/indicateurs" className={classes.back}>
          <IconArrowLeft size={16} stroke={1.7} aria-hidden="true" />
          {t('story.back')}
        </Link>
      }
    >
      {error instanceof ApiError && error.status === 404 ? (
        <Empty icon={<IconPhoneOff size={24} stroke={1.6} />} heading={t('story.notFound')} text={t('story.notFoundText')} />
      ) : (
        error !== null && <p role="alert">{errorText(error)}</p>
      )}
      {data !== undefined && <Story story={data} />}
    </Page>
  )
}

type Line = CallStory['facts'][number]
/** What is told of who waits, who talks and what ends stands out. */
const strong = new Set(['call-arrived', 'call-placed', 'call-answered', 'call-transferred', 'call-ended', 'place-kept', 'message-left'])
const bad = new Set(['wait-alarm', 'offer-ended', 'transfer-failed', 'dialling-ended'])

function Story({ story }: { story: CallStory }) {
  const { t } = useTranslation()
  const who = [story.people.join(', '), story.number ?? (story.page === null ? t('story.unknown') : null)]
    .filter((part) => part !== null && part !== '')
    .join(' · ')
  const lastMs = story.facts.at(-1)?.afterMs ?? 0
  return (
    <>
      <p className={classes.of}>
        <span>{t('story.of', { who, when: fullMoment(story.arrivedAt) })}</span>
        {story.ended && <span className="g-num">{t('story.lasted', { time: clockOf(lastMs / 1_000) })}</span>}
        {story.page !== null && <span>{t(story.page.signedIn ? 'story.pageSignedIn' : 'story.page')}</span>}
        {story.page?.ticket != null && (
          <Link to="/console/tickets/$number" params={{ number: String(story.page.ticket) }}>
            {t('story.pageOf', { number: story.page.ticket })}
          </Link>
        )}
        {story.tickets.map((number) => (
          <Link key={number} to="/console/tickets/$number" params={{ number: String(number) }}>
            {t('story.ticket', { number })}
          </Link>
        ))}
      </p>
      {!story.ended && <p role="status">{t('story.under')}</p>}
      <Panel label={t('story.heading')}>
        <ol className={`${classes.facts} g-num`}>
          {story.facts.map((line, i) => (
            <li
              key={`${line.at} ${line.type} ${String(i)}`}
              data-tone={strong.has(line.type) ? 'strong' : bad.has(line.type) ? 'bad' : undefined}
            >
              <time dateTime={line.at}>{secondOf(line.at)}</time>
              <b>+{clockOf(Math.floor(line.afterMs / 1_000))}</b>
              <i aria-hidden="true" />
              <span>{sentence(line)}</span>
            </li>
          ))}
        </ol>
      </Panel>
    </>
  )
}

const secondOf = (iso: string) =>
  new Intl.DateTimeFormat(i18n.language === 'en' ? 'en-GB' : 'fr-FR', { timeZone: 'Europe/Paris', timeStyle: 'medium' }).format(
    new Date(iso),
  )

/** A fact in a sentence; one that this page does not know is called by its name. */
function sentence({ type, who, other, how, ms }: Line): string {
  const asked = type === 'operator-muted' || type === 'recording-paused'
  const key =
    asked || (type === 'call-arrived' && how !== null)
      ? `${type}-${how ?? 'on'}`
      : type === 'announcement-started' && how !== null
        ? 'announcement-place'
        : type === 'message-numbered' && other !== null
          ? 'message-numbered-given'
          : type
  const words = (how ?? '')
    .split(', ')
    .map((word) => i18n.t(`story.how.${word}`, { defaultValue: word }))
    .join(', ')
  const free = type === 'limit-extended' || type === 'announcement-started' || type === 'survey-answered'
  const said = i18n.t(`story.facts.${key}`, {
    defaultValue: type,
    who: who ?? '–',
    other: other ?? '–',
    how: free ? (how ?? '') : words,
    time: ms === null ? '' : clockOf(ms / 1_000),
    interpolation: { escapeValue: false },
  })
  return said.replace(/\s?:\s*$/, '')
}
