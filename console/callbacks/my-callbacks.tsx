import { Button } from '@mantine/core'
import { IconPhoneOutgoing } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { placeCall } from '../api/calling.ts'
import { owedQuery, releaseOwed } from '../api/owed.ts'
import { Keys } from '../ui/kbd.tsx'
import { ariaKey, useShortcuts } from '../ui/shortcuts.ts'
import { Reasons } from './entry.tsx'
import classes from './my-callbacks.module.css'
import { outcomeKeys, Outcomes } from './outcomes.tsx'
import { useLeaving } from './settling.ts'
import { isAbout } from './under-way.ts'
import { useOutcomes } from './use-outcomes.tsx'
import { nameOrNumber } from '../ui/caller.ts'

/** Whom I have taken to call back: why, and what came of it. During a call, only the one it is about. */
export function MyCallbacks({ me, call }: { readonly me: string; readonly call: CallView | null }) {
  const { t } = useTranslation()
  const leaving = useLeaving()
  const { postponing, postpone, note, noted, tell } = useOutcomes()
  const entries = (useQuery(owedQuery('open')).data?.entries ?? []).filter(
    (e) => e.takenBy?.id === me && !leaving.has(e.id) && (call === null || isAbout(e, call)),
  )
  const [first] = entries
  // Nothing to tell while the phone still rings.
  const telling = call === null || call.status === 'talking'
  useShortcuts(
    outcomeKeys.map(([key, outcome]) => ({
      key,
      run: () => {
        if (first === undefined || !telling) return
        if (outcome === 'later') postpone(first.id)
        else tell(first, outcome)
      },
    })),
  )
  return entries.map((entry) => (
    <section key={entry.id} className={classes.callback} aria-label={`${t('calling.callBack')} : ${nameOrNumber(entry)}`}>
      <header>
        <IconPhoneOutgoing size={16} stroke={1.7} aria-hidden="true" />
        <strong className="g-num">{t(call === null ? 'calling.mine' : 'calling.mineDuring', { who: nameOrNumber(entry) })}</strong>
        {call === null && (
          <span className={classes.ways}>
            {entry.number !== null && (
              <Button
                size="compact-sm"
                rightSection={entry === first ? <Keys keys="C" /> : undefined}
                onClick={() => void placeCall(entry.number ?? '', entry.id)}
                {...(entry === first && { 'data-page-call': true, 'aria-keyshortcuts': ariaKey('C') })}
              >
                {t('calling.callBack')}
              </Button>
            )}
            <Button size="compact-sm" variant="subtle" onClick={() => releaseOwed(entry.id)}>
              {t('owed.release')}
            </Button>
          </span>
        )}
      </header>
      <Reasons entry={entry} who={nameOrNumber(entry)} />
      {telling && (
        <Outcomes
          who={nameOrNumber(entry)}
          postponing={postponing === entry.id}
          noted={noted(entry.id)}
          onNote={(text) => note(entry.id, text)}
          onPostpone={() => postpone(postponing === entry.id ? null : entry.id)}
          onOutcome={(outcome, laterAt) => tell(entry, outcome, laterAt)}
        />
      )}
    </section>
  ))
}
