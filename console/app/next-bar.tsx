import { Button, CloseButton } from '@mantine/core'
import { IconChecks, IconPlayerTrackNext } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { NextThing } from '../../server/contract/next.ts'
import { passNext, putAway, useGiven } from '../api/next.ts'
import { useServerNow } from '../live/use-live.ts'
import { nextWhy, nextWords } from '../ui/next-words.ts'
import { replyTo, want } from '../ui/wanted.ts'
import classes from './next-bar.module.css'
import { usePutAwayWhenDone } from './next-done.ts'

/** What « Suivant » gave, why it comes first, and the way to leave it for a colleague. Goes there by itself. */
export function NextBar() {
  const given = useGiven()
  const go = useGo()
  const n = given?.n
  const thing = given?.answer.next ?? null
  usePutAwayWhenDone(thing)
  useEffect(() => {
    if (thing !== null) go(thing)
    // oxlint-disable-next-line react/exhaustive-deps -- once for each thing given, whatever else changes
  }, [n])
  return <div role="status">{given !== null && <Shown thing={given.answer.next} others={given.answer.others} />}</div>
}

function Shown({ thing, others }: { thing: NextThing | null; others: number }) {
  const { t } = useTranslation()
  const now = useServerNow()
  if (thing === null)
    return (
      <div className={classes.bar}>
        <IconChecks size={18} stroke={1.7} aria-hidden="true" />
        <p>
          <strong>{t('next.none')}</strong> {t('next.noneText')}
        </p>
        <CloseButton aria-label={t('next.close')} onClick={putAway} />
      </div>
    )
  return (
    <div className={classes.bar}>
      <IconPlayerTrackNext size={18} stroke={1.7} aria-hidden="true" />
      <p>
        <strong>
          {t('next.heading')} {nextWords(thing, now, t)}
        </strong>
        <small>
          {nextWhy(thing, t)}
          {others > 0 && ` · ${t('next.others', { count: others })}`}
        </small>
      </p>
      {thing.kind !== 'call' && thing.kind !== 'line' && (
        <Button size="compact-sm" variant="default" onClick={() => void passNext()}>
          {t('next.pass')}
        </Button>
      )}
      <CloseButton aria-label={t('next.close')} onClick={putAway} />
    </div>
  )
}

function useGo(): (thing: NextThing) => void {
  const navigate = useNavigate()
  return (thing) => {
    switch (thing.kind) {
      case 'call':
      case 'line':
        return void navigate({ to: '/console' })
      case 'callback':
        want(thing.entryId)
        return void navigate({ to: '/console/a-rappeler' })
      case 'unwritten':
        want(thing.callId)
        return void navigate({ to: '/console' })
      case 'talk':
        want(replyTo(thing.number))
        return void navigate({ to: '/console/tickets/$number', params: { number: String(thing.number) } })
      case 'ticket':
        return void navigate({ to: '/console/tickets/$number', params: { number: String(thing.number) } })
      default:
        return thing satisfies never
    }
  }
}
