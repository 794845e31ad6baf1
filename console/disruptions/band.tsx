import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Disruption, Joining } from '../../server/contract/disruptions.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { tellFailure } from '../api/commands.ts'
import { disruptionsQuery, joinDisruption, suggestedQuery } from '../api/disruptions.ts'
import { sessionQuery } from '../api/queries.ts'
import { Keys } from '../ui/kbd.tsx'
import { ariaKey, useShortcuts } from '../ui/shortcuts.ts'
import classes from './disruptions.module.css'
import { Suggestion } from './suggestion.tsx'
import { attachedOf, whenOf } from './words.ts'

const mostShown = 2

type Props = {
  /**
   * Who may be attached now: whose ticket is being written; null when none is. `categoryId`: what it is sorted by. `joining`: with all that
   * was brought, null when some of it could not come.
   */
  readonly joiner: { readonly categoryId: string | null; readonly joining: () => Promise<Joining | null> } | null
  readonly onJoined: () => void
}

/** On the desk view: what hampers many now, and the key that attaches whoever is on the line. */
export function DisruptionBand({ joiner, onJoined }: Props) {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data ?? null
  const may = session !== null && mayCall(session, 'POST /api/disruptions')
  const all = (useQuery(disruptionsQuery()).data ?? []).filter(({ phase }) => phase === 'under-way' || phase === 'overdue')
  const [suggested] = useQuery({ ...suggestedQuery, enabled: may }).data ?? []
  // What the ticket is about comes first: the key attaches to that one.
  const shown = all.toSorted((a, b) => Number(isAbout(b, joiner)) - Number(isAbout(a, joiner)) || b.startsAt.localeCompare(a.startsAt))
  if (shown.length === 0 && suggested === undefined) return null
  return (
    <section className={classes.band} aria-label={t('disruptions.band.label')}>
      {shown.slice(0, mostShown).map((one) => (
        <Line key={one.id} one={one} joiner={joiner} onJoined={onJoined} first={one === shown.find(({ ticket }) => ticket !== null)} />
      ))}
      {shown.length > mostShown && (
        <Link to="/console/perturbations" className={classes.more}>
          {t('disruptions.band.more', { count: shown.length - mostShown })}
        </Link>
      )}
      {suggested !== undefined && <Suggestion one={suggested} onAnnounce={null} />}
    </section>
  )
}

const isAbout = (one: Disruption, joiner: Props['joiner']) => joiner?.categoryId != null && joiner.categoryId === one.categoryId

type LineProps = Props & { readonly one: Disruption; readonly first: boolean }

function Line({ one, joiner, onJoined, first }: LineProps) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const attach = () => {
    if (joiner === null || busy || one.ticket === null) return
    setBusy(true)
    joiner
      .joining()
      .then(async (joining) => {
        if (joining === null) return notifications.show({ message: t('files.stranded'), color: 'red', withBorder: true })
        const { number } = await joinDisruption(one.id, joining)
        onJoined()
        return notifications.show({ message: t('disruptions.band.attached', { number }), withBorder: true })
      })
      .catch((error: unknown) => tellFailure(error))
      .finally(() => setBusy(false))
  }
  const offers = joiner !== null && one.ticket !== null
  useShortcuts(first && offers ? [{ key: 'd', run: attach }] : [])
  const attached = attachedOf(t, one)
  return (
    <div className={classes.line} data-overdue={one.phase === 'overdue' || undefined}>
      <IconPlugConnectedX size={16} stroke={1.7} aria-hidden="true" />
      <p className="g-num">
        <Link to="/console/perturbations">{one.title}</Link>
        {one.place !== '' && <span>{one.place}</span>}
        <span>{whenOf(t, one)}</span>
        {attached !== '' && <span>{attached}</span>}
      </p>
      {offers && (
        <Button
          size="compact-sm"
          variant="default"
          loading={busy}
          {...(first && { rightSection: <Keys keys="D" />, 'aria-keyshortcuts': ariaKey('D') })}
          aria-label={t('disruptions.band.attachTo', { title: one.title })}
          onClick={attach}
        >
          {t('disruptions.band.attach')}
        </Button>
      )}
    </div>
  )
}
