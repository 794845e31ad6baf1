import { Button, Progress, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCheck, IconHistory, IconPencil, IconPhone, IconTicket } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Disruption } from '../../server/contract/disruptions.ts'
import { tellFailure } from '../api/commands.ts'
import { disruptionVersionsQuery, endDisruption, goOnWith } from '../api/disruptions.ts'
import { Dialog } from '../ui/dialog.tsx'
import { fullMoment, momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { Pill } from '../ui/pill.tsx'
import classes from './disruptions.module.css'
import { attachedOf, whenOf } from './words.ts'

const tones = { ahead: 'accent', 'under-way': 'bad', overdue: 'warn', ended: 'ok', 'called-off': 'plain' } as const

/** One disruption: what it says, who is attached, and what may be done with it. */
export function DisruptionCard({ one, may, onEdit }: { one: Disruption; may: boolean; onEdit: () => void }) {
  const { t } = useTranslation()
  const [layer, setLayer] = useState<'end' | 'history' | null>(null)
  const attached = attachedOf(t, one)
  const over = one.endedAt !== null
  const ending = one.phase === 'ahead' ? 'callOff' : 'end'
  return (
    <Panel label={one.title}>
      <article className={classes.card}>
        <header>
          <h2>{one.title}</h2>
          <Pill tone={tones[one.phase]}>{t(`disruptions.phases.${one.phase}`)}</Pill>
          {one.kind === 'planned' && <Pill>{t('disruptions.kinds.planned')}</Pill>}
          {one.audience === 'staff' && <Pill tone="hold">{t('disruptions.staffOnly')}</Pill>}
        </header>
        <p className={`${classes.when} g-num`}>{[one.place, whenOf(t, one)].filter(Boolean).join(' · ')}</p>
        <dl>
          {one.touched !== '' && (
            <>
              <dt>{t('disruptions.touched')}</dt>
              <dd>{one.touched}</dd>
            </>
          )}
          {!over && one.workaround !== '' && (
            <>
              <dt>{t('disruptions.workaround')}</dt>
              <dd>{one.workaround}</dd>
            </>
          )}
          {over && one.resolution !== '' && (
            <>
              <dt>{t(one.phase === 'called-off' ? 'disruptions.why' : 'disruptions.resolution')}</dt>
              <dd>{one.resolution}</dd>
            </>
          )}
        </dl>
        <ul className={classes.facts}>
          {!over && (one.spoken !== null || one.telephone !== 'off') && (
            <li data-tone={one.telephone === 'on' ? 'ok' : undefined}>
              <IconPhone size={15} stroke={1.7} aria-hidden="true" />
              {t(`disruptions.telephone.${one.telephone}`)}
            </li>
          )}
          {one.ticket !== null && (
            <li>
              <IconTicket size={15} stroke={1.7} aria-hidden="true" />
              <Link to="/console/tickets/$number" params={{ number: String(one.ticket) }} className="g-num">
                {t('disruptions.ticket', { number: one.ticket })}
              </Link>
              {attached !== '' && <span className="g-num">· {attached}</span>}
            </li>
          )}
        </ul>
        {over && one.children > 0 && (
          <div className={classes.progress}>
            <span className="g-num">{t('disruptions.informed', { informed: one.informed, count: one.children })}</span>
            <Progress
              value={(100 * one.informed) / one.children}
              aria-label={t('disruptions.informed', { informed: one.informed, count: one.children })}
            />
          </div>
        )}
        <footer>
          {may && !over && (
            <>
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconPencil size={14} stroke={1.7} />}
                aria-label={t('disruptions.editOf', { title: one.title })}
                onClick={onEdit}
              >
                {t('disruptions.edit')}
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconCheck size={14} stroke={1.7} />}
                aria-label={t(`disruptions.${ending}Of`, { title: one.title })}
                onClick={() => setLayer('end')}
              >
                {t(`disruptions.${ending}`)}
              </Button>
            </>
          )}
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            c="var(--g-ink-2)"
            leftSection={<IconHistory size={14} stroke={1.7} />}
            aria-label={t('disruptions.historyOf', { title: one.title })}
            onClick={() => setLayer('history')}
          >
            {t('disruptions.history')}
          </Button>
          <small>
            {one.monitor === null
              ? t('disruptions.by', {
                  what: t(
                    `disruptions.what.${one.phase === 'called-off' ? one.phase : over ? 'ended' : one.version === 1 ? 'announced' : 'updated'}`,
                  ),
                  who: one.by,
                })
              : t('disruptions.monitor', { name: one.monitor })}
            , {momentOf(one.at)}
          </small>
        </footer>
      </article>
      {layer === 'end' && <End one={one} onClose={() => setLayer(null)} />}
      {layer === 'history' && <History one={one} onClose={() => setLayer(null)} />}
    </Panel>
  )
}

/** It is over: who is attached is told, unless it is taken back within some seconds. */
function End({ one, onClose }: { one: Disruption; onClose: () => void }) {
  const { t } = useTranslation()
  const [resolution, setResolution] = useState('')
  const [busy, setBusy] = useState(false)
  const calling = one.phase === 'ahead'
  const end = () => {
    setBusy(true)
    endDisruption(one.id, { version: one.version, resolution }).then(
      (ended) => {
        onClose()
        const id = `ended-${one.id}`
        notifications.show({
          id,
          withBorder: true,
          autoClose: 18_000,
          message: (
            <span className={classes.undo}>
              {t(ended.phase === 'called-off' ? 'disruptions.calledOff' : 'disruptions.ended')}
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  notifications.hide(id)
                  goOnWith(one.id, ended.version).then(
                    () => notifications.show({ message: t('disruptions.goesOn'), withBorder: true }),
                    (error: unknown) => tellFailure(error),
                  )
                }}
              >
                {t('disruptions.undo')}
              </Button>
            </span>
          ),
        })
      },
      (error: unknown) => {
        setBusy(false)
        tellFailure(error)
      },
    )
  }
  return (
    <Dialog heading={t(calling ? 'disruptions.callOffHeading' : 'disruptions.endHeading')} size={480} onClose={onClose}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          end()
        }}
      >
        <Textarea
          label={t(calling ? 'disruptions.why' : 'disruptions.resolution')}
          description={
            one.children > 0 ? t(one.audience === 'staff' ? 'disruptions.resolutionForStaff' : 'disruptions.resolutionHint') : undefined
          }
          rows={3}
          maxLength={1_000}
          data-autofocus
          value={resolution}
          onChange={(event) => setResolution(event.currentTarget.value)}
        />
        <p className={classes.when}>{t('disruptions.endSays', { count: one.children })}</p>
        <div className={classes.actions}>
          <Button type="submit" loading={busy}>
            {t(calling ? 'disruptions.callOff' : 'disruptions.end')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('disruptions.form.close')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function History({ one, onClose }: { one: Disruption; onClose: () => void }) {
  const { t } = useTranslation()
  const { data } = useQuery(disruptionVersionsQuery(one.id))
  return (
    <Dialog heading={t('disruptions.historyOf', { title: one.title })} size={520} onClose={onClose}>
      <ol className={classes.history}>
        {(data ?? []).map(({ version, at, by, what, content, resolution }) => (
          <li key={version}>
            <p>
              <strong>
                {t('disruptions.by', {
                  what: t(`disruptions.what.${what === 'ended' && at < content.startsAt ? 'called-off' : what}`),
                  who: by,
                })}
              </strong>
              <time dateTime={at} className="g-num">
                {fullMoment(at)}
              </time>
            </p>
            <p>
              {[content.title, content.place, content.touched, content.workaround, content.spoken?.fr, resolution]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
