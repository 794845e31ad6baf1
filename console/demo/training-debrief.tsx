import { Button } from '@mantine/core'
import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { JudgedCall, TrainingDebrief } from '../../server/contract/training.ts'
import { debriefQuery } from '../api/training.ts'
import { bound } from '../ui/bound.ts'
import { clockOf, momentOf } from '../ui/format.ts'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import classes from './training.module.css'

/** What was made of a training day: its figures, then call by call what was right and what is to be seen again. */
export function Debrief({ id }: { id: string }) {
  const { t } = useTranslation()
  const debrief = useQuery(debriefQuery(id))
  const back = (
    <Button variant="default" renderRoot={(props) => <Link to="/console/entrainement" {...props} />}>
      {t('training.back')}
    </Button>
  )
  return (
    <Page heading={t('training.debrief')} aside={back}>
      {debrief.isError && <ReadFailure text={t('training.failed')} of={debrief} />}
      {debrief.data !== undefined && <Shown debrief={debrief.data} />}
    </Page>
  )
}

function Shown({ debrief }: { debrief: TrainingDebrief }) {
  const { t } = useTranslation()
  const { script, startedAt, startedBy, calls, answered, longestWaitSeconds, meanTalkSeconds, unwritten, forgotten, good, of, judged } =
    debrief
  const figures = [
    ['score', t('training.score', { good, of }), good < of],
    ['answered', `${answered} / ${calls}`, answered < calls],
    ['longestWait', clockOf(longestWaitSeconds), longestWaitSeconds > 120],
    ['meanTalk', clockOf(meanTalkSeconds), false],
    ['unwritten', String(unwritten), unwritten > 0],
    ['forgotten', String(forgotten), forgotten > 0],
  ] as const
  return (
    <>
      <p className={classes.intro}>
        {t(`training.scripts.${script}.name`)}, {t('training.playedBy', { when: momentOf(startedAt), who: startedBy })}
      </p>
      <dl className={classes.figures}>
        {figures.map(([name, value, again]) => (
          <div key={name} data-again={again || undefined}>
            <dt>{t(`training.figures.${name}`)}</dt>
            <dd className="g-num">{value}</dd>
          </div>
        ))}
      </dl>
      <ol className={classes.judged}>
        {judged.map((call) => (
          <li key={call.scene}>
            <OneCall call={call} />
          </li>
        ))}
      </ol>
    </>
  )
}

function OneCall({ call }: { call: JudgedCall }) {
  const { t } = useTranslation()
  const { title, who, says, lesson, expected, operator, waitSeconds, talkSeconds, ticket, checks } = call
  const { kind, categories, groups } = expected
  const lasted = [
    operator ?? t('training.nobody'),
    waitSeconds === null ? null : t('training.waited', { clock: clockOf(waitSeconds) }),
    talkSeconds === null || operator === null ? null : t('training.talked', { clock: clockOf(talkSeconds) }),
  ]
  return (
    <Panel heading={title} figure={who}>
      <div className={classes.call}>
        <div>
          <q>{bound(says)}</q>
          <p className={`${classes.about} g-num`}>
            {lasted.filter((one) => one !== null).join(' · ')}
            {ticket !== null && (
              <>
                {' · '}
                <Link to="/console/tickets/$number" params={{ number: String(ticket.number) }}>
                  n°&nbsp;{ticket.number} {ticket.title}
                </Link>
              </>
            )}
          </p>
          <p className={classes.lesson}>{lesson}</p>
        </div>
        <ul className={classes.checks}>
          {checks.map(({ name, good }) => (
            <li key={name} data-good={good}>
              {good ? (
                <IconCircleCheck size={17} stroke={1.7} aria-hidden="true" />
              ) : (
                <IconAlertCircle size={17} stroke={1.7} aria-hidden="true" />
              )}
              <span>
                {t(`training.checks.${name}.${good ? 'good' : 'again'}`, {
                  context: name === 'ending' || name === 'closing' ? kind : undefined,
                  categories: categories.join(', '),
                  groups: groups.join(', '),
                })}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  )
}
