import { IconId, IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonPage as Shown } from '../../server/contract/people.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { ApiError } from '../api/client.ts'
import { entityPath } from '../../server/contract/partition.ts'
import { settingsQuery } from '../api/settings.ts'
import { personQuery } from '../api/people.ts'
import { sessionQuery } from '../api/queries.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Empty } from '../ui/empty.tsx'
import { fullMoment, momentOf } from '../ui/format.ts'
import { IdentityDialog } from '../ui/identity-dialog.tsx'
import { KeyButton } from '../ui/key-button.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { Pill } from '../ui/pill.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import { ReadingsPanel } from '../ui/readings.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { Calls, Owed } from './calls.tsx'
import { Notes } from './notes.tsx'
import { Numbers } from './numbers.tsx'
import classes from './person-page.module.css'
import { TheirData } from './their-data.tsx'
import { Tickets } from './tickets.tsx'

/** Somebody: who they are and how sure of it one is, what they asked, what the desk noted. */
export function PersonPage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/console/personnes/$id' })
  const found = useQuery(personQuery(id))
  usePageTitle(found.data?.name ?? t('people.heading'))
  if (found.data !== undefined) return <Person person={found.data} />
  if (!found.isError) return null
  const absent = found.error instanceof ApiError && found.error.status === 404
  return (
    <Page heading={t('people.heading')}>
      {absent ? (
        <Empty icon={<IconId size={24} stroke={1.6} />} heading={t('people.notFound')} text={t('people.notFoundText')} />
      ) : (
        <ReadFailure text={t('people.failed')} of={found} />
      )}
    </Page>
  )
}

function Person({ person }: { person: Shown }) {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data ?? null
  const supervises = session !== null && mayCall(session, 'GET /api/readings')
  const sub = [person.title, person.unit].filter(Boolean).join(', ')
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <Avatar name={person.name} />
        <div>
          <h1>{person.name}</h1>
          <p className={classes.under}>
            <Pill>{t(`affiliation.${person.affiliation}`)}</Pill>
            {person.language === 'en' && <Pill tone="warn">{t('call.english')}</Pill>}
            {person.retiredAt !== null && <Pill tone="bad">{t('people.left', { when: fullMoment(person.retiredAt) })}</Pill>}
            {sub !== '' && <span>{sub}</span>}
          </p>
        </div>
      </header>
      <div className={classes.columns}>
        <div className={classes.main}>
          {person.owed !== null && person.owed.length > 0 && <Owed owed={person.owed} />}
          <Tickets personId={person.id} />
          {person.calls !== null && <Calls calls={person.calls} />}
          <Notes person={person} />
        </div>
        <div className={classes.aside}>
          <Contact person={person} />
          <Numbers person={person} />
          <Checks person={person} />
          <TheirData person={person} />
          {supervises && <ReadingsPanel of={{ person: person.id }} />}
        </div>
      </div>
    </div>
  )
}

function Contact({ person }: { person: Shown }) {
  const { t } = useTranslation()
  const entities = useQuery(settingsQuery).data?.entities.value.entities ?? []
  const facts = [
    ['unit', person.unit],
    ['place', person.place],
    ['job', person.title],
  ] as const
  return (
    <Panel heading={t('people.contact')}>
      <dl className={classes.facts}>
        {person.email !== null && (
          <>
            <dt>{t('people.email')}</dt>
            <dd>
              <a href={`mailto:${person.email}`}>{person.email}</a>
            </dd>
          </>
        )}
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name} className={classes.fact}>
              <dt>{t(`people.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
        {person.entityId !== undefined && (
          <div className={classes.fact}>
            <dt>{t('entities.label')}</dt>
            <dd>{entityPath(entities, person.entityId)}</dd>
          </div>
        )}
        {person.language !== null && (
          <>
            <dt>{t('people.language')}</dt>
            <dd>{t(`people.languages.${person.language}`)}</dd>
          </>
        )}
      </dl>
    </Panel>
  )
}

/** The codes that were sent and what came of them, and cards that were seen. */
function Checks({ person }: { person: Shown }) {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data ?? null
  const may = session !== null && mayCall(session, 'POST /api/people/:id/checks') && person.sentTo !== null
  const [open, setOpen] = useState(false)
  useShortcuts([{ key: '=', run: () => may && setOpen(true) }])
  return (
    <Panel heading={t('people.check.heading2')}>
      <div className={classes.content}>
        {person.checks.length === 0 && <p className={classes.quiet}>{t('people.check.none')}</p>}
        <ul className={classes.lines}>
          {person.checks.slice(0, 4).map((check) => (
            <li key={check.id} data-state={check.state}>
              {check.state === 'verified' && <IconShieldCheck size={14} stroke={1.9} aria-hidden="true" />}
              {t(check.means === 'card' ? 'people.check.cardLine' : 'people.check.line', {
                state: t(`people.check.state.${check.state}`),
                when: momentOf(check.settledAt ?? check.at),
                by: check.settledBy ?? check.by,
              })}
            </li>
          ))}
        </ul>
        {person.sentTo === null && person.retiredAt === null && <p className={classes.quiet}>{t('people.check.noAddress')}</p>}
        {may && (
          <KeyButton
            size="xs"
            variant="default"
            leftSection={<IconShieldCheck size={15} stroke={1.7} />}
            keys="="
            onClick={() => setOpen(true)}
          >
            {t('people.check.open')}
          </KeyButton>
        )}
      </div>
      {open && (
        <IdentityDialog
          personId={person.id}
          name={person.name}
          about={{}}
          pending={person.checks.find(({ state }) => state === 'pending') ?? null}
          onClose={() => setOpen(false)}
        />
      )}
    </Panel>
  )
}
