import { Button, Textarea } from '@mantine/core'
import { IconCircleCheck, IconLinkOff, IconRotate, IconThumbDown, IconThumbUp } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SolutionAnswer, SolutionShown } from '../../server/contract/solutions.ts'
import { ApiError } from '../api/client.ts'
import { errorText } from '../api/error-text.ts'
import { portalQuery, queryClient } from '../api/queries.ts'
import { answerSolution, solutionQuery } from '../api/solutions.ts'
import { fullMoment } from '../ui/format.ts'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { Logo } from '../ui/logo.tsx'
import { useDeskName, usePageTitle } from '../ui/page-title.ts'
import classes from './solution-page.module.css'

/** Where the link of a mail leads: the solution, and the requester's yes or no. Opening it answers nothing. */
export function SolutionPage() {
  const { t } = useTranslation()
  const { number } = useParams({ from: '/avis/$number' })
  const { cle = '' } = useSearch({ from: '/avis/$number' })
  const asked = useQuery(solutionQuery(Number(number), cle))
  usePageTitle(t('life.answer.title', { number }))
  const site = useQuery(portalQuery).data
  const name = useDeskName(site?.name)
  const refused = asked.error instanceof ApiError && asked.error.status >= 400 && asked.error.status < 500
  return (
    <div className={classes.screen}>
      <header className={classes.top}>
        <span className={classes.brand}>
          {site?.logo == null ? <Logo size={30} /> : <img src={site.logo} alt="" height={30} className={classes.logo} />}
          {name ?? t('name.short')}
        </span>
        <LanguageSwitch />
      </header>
      <main className={classes.main}>
        {refused && (
          <End icon={<IconLinkOff size={26} stroke={1.6} />} title={t('life.answer.unknown')} text={t('life.answer.unknownText')} />
        )}
        {asked.isError && !refused && <p role="alert">{errorText(asked.error)}</p>}
        {asked.data !== undefined && <Asked asked={asked.data} cle={cle} />}
      </main>
    </div>
  )
}

function Asked({ asked, cle }: { asked: SolutionShown; cle: string }) {
  const { t } = useTranslation()
  const { number } = asked
  const [answered, setAnswered] = useState<'yes' | 'no' | null>(null)
  const send = useMutation({
    mutationFn: (answer: SolutionAnswer) => answerSolution(number, answer),
    onSuccess: (_shown, { answer }) => setAnswered(answer),
    onError: () => queryClient.invalidateQueries({ queryKey: ['solution'] }),
  })
  if (answered === 'yes')
    return (
      <End
        icon={<IconCircleCheck size={26} stroke={1.6} />}
        title={t('life.answer.thanks')}
        text={t('life.answer.thanksText', { number })}
      />
    )
  if (answered === 'no')
    return <End icon={<IconRotate size={26} stroke={1.6} />} title={t('life.answer.resumed')} text={t('life.answer.resumedText')} />
  if (asked.state === 'over')
    return (
      <End
        icon={<IconCircleCheck size={26} stroke={1.6} />}
        title={t('life.answer.over')}
        text={t(`life.answer.overText.${asked.status}`, { number })}
      />
    )
  return (
    <>
      <p className={`${classes.number} g-num`}>{t('life.answer.title', { number })}</p>
      <h1>{asked.title}</h1>
      {asked.summary !== '' && <p className={classes.summary}>{asked.summary}</p>}
      <section className={classes.solution} aria-label={t('life.answer.proposed', { who: asked.by })}>
        <h2>{t('life.answer.proposed', { who: asked.by })}</h2>
        <p>{asked.solution}</p>
      </section>
      <Question
        busy={send.isPending}
        onYes={() => send.mutate({ key: cle, answer: 'yes' })}
        onNo={(reason) => send.mutate({ key: cle, answer: 'no', reason })}
      />
      {send.isError && (
        <p role="alert" className={classes.failure}>
          <strong>{t('life.answer.failed')}.</strong> {errorText(send.error)}
        </p>
      )}
      {asked.closesAt !== null && <p className={classes.deadline}>{t('life.answer.deadline', { when: fullMoment(asked.closesAt) })}</p>}
    </>
  )
}

function Question({ busy, onYes, onNo }: { busy: boolean; onYes: () => void; onNo: (reason: string) => void }) {
  const { t } = useTranslation()
  const [refusing, setRefusing] = useState(false)
  if (!refusing)
    return (
      <section className={classes.question} aria-label={t('life.answer.question')}>
        <h2>{t('life.answer.question')}</h2>
        <Button size="md" leftSection={<IconThumbUp size={18} stroke={1.7} />} loading={busy} onClick={onYes}>
          {t('life.answer.yes')}
        </Button>
        <Button
          size="md"
          variant="default"
          leftSection={<IconThumbDown size={18} stroke={1.7} />}
          disabled={busy}
          onClick={() => setRefusing(true)}
        >
          {t('life.answer.no')}
        </Button>
      </section>
    )
  return <Refusal busy={busy} onSend={onNo} onBack={() => setRefusing(false)} />
}

function Refusal({ busy, onSend, onBack }: { busy: boolean; onSend: (reason: string) => void; onBack: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [empty, setEmpty] = useState(false)
  const box = useRef<HTMLTextAreaElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <form
      className={classes.question}
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim() === '') setEmpty(true)
        else onSend(reason.trim())
      }}
    >
      <Textarea
        ref={box}
        className={classes.why ?? ''}
        label={t('life.answer.why')}
        placeholder={t('life.answer.whyExample')}
        rows={4}
        maxLength={20_000}
        value={reason}
        error={empty && t('ticket.needed')}
        onChange={(event) => {
          setReason(event.currentTarget.value)
          setEmpty(false)
        }}
      />
      <Button type="submit" size="md" loading={busy}>
        {t('life.answer.send')}
      </Button>
      <Button size="md" variant="default" onClick={onBack}>
        {t('life.answer.back')}
      </Button>
    </form>
  )
}

function End({ icon, title, text }: { icon: ReactNode; title: string; text: string }) {
  return (
    <div className={classes.end} role="status">
      <span aria-hidden="true">{icon}</span>
      <h1>{title}</h1>
      <p>{text}</p>
    </div>
  )
}
