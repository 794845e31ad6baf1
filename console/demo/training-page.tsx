import { Button } from '@mantine/core'
import { IconPlayerPlay, IconSchool } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { RunningTraining, TrainingState } from '../../server/contract/training.ts'
import { tellFailure } from '../api/commands.ts'
import { ApiError } from '../api/client.ts'
import { beginTraining, endTraining, trainingQuery } from '../api/training.ts'
import { useServerNow } from '../live/use-live.ts'
import { bound } from '../ui/bound.ts'
import { Empty } from '../ui/empty.tsx'
import { clock, momentOf } from '../ui/format.ts'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import { Debrief } from './training-debrief.tsx'
import classes from './training.module.css'

/** Training days: choose one, live it, read what was made of it. */
export function TrainingPage() {
  const { t } = useTranslation()
  const { bilan } = useSearch({ from: '/console/entrainement' })
  const training = useQuery(trainingQuery)
  usePageTitle(t('training.heading'))
  // Outside a desk of samples there is none.
  const absent = training.error instanceof ApiError && training.error.status === 404
  if (bilan !== undefined) return <Debrief id={bilan} />
  return (
    <Page heading={t('training.heading')}>
      {absent && <Empty icon={<IconSchool size={24} stroke={1.6} />} heading={t('training.absent')} text={t('training.absentText')} />}
      {training.isError && training.data === undefined && !absent && <ReadFailure text={t('training.failed')} of={training} />}
      {training.data !== undefined && <Shown training={training.data} />}
    </Page>
  )
}

function Shown({ training }: { training: TrainingState }) {
  const { t } = useTranslation()
  const begin = useMutation({ mutationFn: beginTraining, onError: (error) => tellFailure(error) })
  return (
    <>
      <p className={classes.intro}>{t('training.intro')}</p>
      {training.running !== null ? (
        <Running day={training.running} />
      ) : (
        <div className={classes.scripts}>
          {training.scripts.map(({ id, minutes, calls, disruption }) => (
            <section key={id} className={classes.script} aria-labelledby={`script-${id}`}>
              <h2 id={`script-${id}`}>{t(`training.scripts.${id}.name`)}</h2>
              <p className="g-num">
                {t('training.about', { count: calls, minutes })}
                {disruption && ` · ${t('training.withDisruption')}`}
              </p>
              <p>{t(`training.scripts.${id}.text`)}</p>
              <Button
                leftSection={<IconPlayerPlay size={16} stroke={1.8} aria-hidden="true" />}
                aria-label={t('training.beginOf', { name: t(`training.scripts.${id}.name`) })}
                loading={begin.isPending && begin.variables === id}
                disabled={begin.isPending}
                onClick={() => begin.mutate(id)}
              >
                {t('training.begin')}
              </Button>
            </section>
          ))}
        </div>
      )}
      <Panel heading={t('training.past')}>
        {training.past.length === 0 ? (
          <Empty icon={<IconSchool size={24} stroke={1.6} />} heading={t('training.none')} text={t('training.noneText')} />
        ) : (
          <ul className={classes.past}>
            {training.past.map(({ id, script, startedAt, startedBy, good, of }) => (
              <li key={id}>
                <Link to="/console/entrainement" search={{ bilan: id }}>
                  {t(`training.scripts.${script}.name`)}
                </Link>
                <span>{t('training.playedBy', { when: momentOf(startedAt), who: startedBy })}</span>
                <b className="g-num">{t('training.score', { good, of })}</b>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  )
}

function Running({ day }: { day: RunningTraining }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const navigate = useNavigate()
  const end = useMutation({
    mutationFn: endTraining,
    onSuccess: ({ id }) => void navigate({ to: '/console/entrainement', search: { bilan: id } }),
    onError: (error) => tellFailure(error),
  })
  return (
    <Panel heading={t(`training.scripts.${day.script}.name`)} figure={t('training.banner', { n: day.calls.length, total: day.total })}>
      <div className={classes.block}>
        <p className="g-num">
          {t('training.since', { clock: clock(day.startedAt, now), who: day.startedBy })}{' '}
          {day.allCame ? t('training.left', { unwritten: day.unwritten, toCallBack: day.toCallBack }) : t('training.goOn')}
        </p>
        <ol className={classes.calls}>
          {day.calls.map(({ callId, who, says, state }) => (
            <li key={callId} data-state={state}>
              <strong>{who}</strong>
              <span className={classes.state}>{t(`training.states.${state}`)}</span>
              {says !== null && <q>{bound(says)}</q>}
            </li>
          ))}
        </ol>
        <div className={classes.actions}>
          <Button variant="default" renderRoot={(props) => <Link to="/console" {...props} />}>
            {t('training.toDesk')}
          </Button>
          <Button loading={end.isPending} onClick={() => end.mutate()}>
            {t('training.end')}
          </Button>
        </div>
      </div>
    </Panel>
  )
}
