import { Button, Loader } from '@mantine/core'
import { IconPhone } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person } from '../../server/contract/entities.ts'
import { Avatar } from '../ui/avatar.tsx'
import { phoneShown } from '../ui/phone.ts'
import classes from './callers.module.css'

export type Caller = { readonly key: string; readonly name: string; readonly call: { personId?: string; number?: string } }

/** A French number that belongs to nobody: the regulator keeps this range for fiction. */
const strangersNumber = '0639981234'
/** Callers shown before the rest is asked for; with the stranger, whole rows. */
const first = 7

/** The sample people, and a stranger; one click and their call leaves. */
export function Callers({ people, busy, onCall }: { people: readonly Person[]; busy: string | null; onCall: (caller: Caller) => void }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const shown = all ? people : people.slice(0, first)
  const rows = [
    ...shown.map((p) => ({
      caller: { key: p.id, name: p.name, call: { personId: p.id } },
      letters: p.name,
      about: [phoneShown(p.phones[0]), p.unit ?? t(`affiliation.${p.affiliation}`)].filter(Boolean).join(' · '),
    })),
    {
      caller: { key: 'stranger', name: t('demo.unknownCaller'), call: { number: strangersNumber } },
      letters: '',
      about: t('demo.unknownCallerText'),
    },
  ]
  return (
    <>
      <ul className={classes.callers}>
        {rows.map(({ caller, letters, about }) => (
          <li key={caller.key}>
            <button type="button" className={classes.caller} disabled={busy !== null} onClick={() => onCall(caller)}>
              <Avatar name={letters} />
              <span className={classes.who}>
                {caller.name}
                <small className="g-num">{about}</small>
              </span>
              <span className={classes.go}>
                {busy === caller.key ? <Loader size={16} /> : <IconPhone size={16} stroke={1.7} aria-hidden="true" />}
                {t('demo.call')}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {shown.length < people.length && (
        <Button variant="subtle" className={classes.more ?? ''} onClick={() => setAll(true)}>
          {t('demo.more', { count: people.length - shown.length })}
        </Button>
      )}
    </>
  )
}
