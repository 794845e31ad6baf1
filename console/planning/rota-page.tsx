import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Rota } from '../../server/contract/rota.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { errorText } from '../api/error-text.ts'
import { sessionQuery } from '../api/queries.ts'
import { rotaQuery } from '../api/rota.ts'
import { today } from '../ui/format.ts'
import { usePageTitle } from '../ui/page-title.ts'
import { Page, ReadFailure } from '../ui/page.tsx'
import { DayCard } from './day-card.tsx'
import classes from './rota-page.module.css'
import { ShiftForm } from './shift-form.tsx'
import { daysLater, mondayOf } from './week.ts'

/** The rota: who is at the desk when, what is uncovered, who should be here and is not. */
export function RotaPage() {
  const { t } = useTranslation()
  const [from, setFrom] = useState(mondayOf(today()))
  const [days, setDays] = useState(7)
  const found = useQuery({ ...rotaQuery(from, days), placeholderData: keepPreviousData })
  const session = useQuery(sessionQuery).data ?? null
  usePageTitle(t('rota.heading'))
  if (session === null) return null
  const plans = mayCall(session, 'POST /api/rota/shifts')
  const who = { id: session.id, plans, takesCalls: found.data?.operators.some(({ id }) => id === session.id) ?? false }
  return (
    <Page wide heading={t('rota.heading')} aside={<Period from={from} days={days} onFrom={setFrom} onDays={setDays} />}>
      <p className={classes.intro}>{t('rota.intro')}</p>
      {found.isError && (
        <ReadFailure
          text={t('rota.failed')}
          why={errorText(found.error)}
          retry={
            <Button variant="default" onClick={() => void found.refetch()}>
              {t('tickets.retry')}
            </Button>
          }
        />
      )}
      {found.data !== undefined && (
        <>
          <Now now={found.data.now} />
          {plans && <ShiftForm operators={found.data.operators} />}
          <div className={classes.days}>
            {found.data.days.map((day) => (
              <DayCard key={day.date} day={day} who={who} />
            ))}
          </div>
        </>
      )}
    </Page>
  )
}

type PeriodProps = {
  readonly from: string
  readonly days: number
  readonly onFrom: (from: string) => void
  readonly onDays: (days: number) => void
}

function Period({ from, days, onFrom, onDays }: PeriodProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.period}>
      <ActionIcon variant="default" size="lg" aria-label={t('rota.before')} onClick={() => onFrom(daysLater(from, -days))}>
        <IconChevronLeft size={16} stroke={1.8} />
      </ActionIcon>
      <Button variant="default" onClick={() => onFrom(mondayOf(today()))}>
        {t('rota.today')}
      </Button>
      <ActionIcon variant="default" size="lg" aria-label={t('rota.after')} onClick={() => onFrom(daysLater(from, days))}>
        <IconChevronRight size={16} stroke={1.8} />
      </ActionIcon>
      <SegmentedControl
        aria-label={t('rota.span')}
        value={String(days)}
        onChange={(value) => onDays(Number(value))}
        data={[
          { value: '7', label: t('rota.week') },
          { value: '28', label: t('rota.month') },
        ]}
      />
    </div>
  )
}

function Now({ now }: { now: Rota['now'] }) {
  const { t } = useTranslation()
  const names = (people: Rota['now']['expected']) => people.map(({ name }) => name).join(', ')
  const late = now.missing.length > 0
  return (
    <p className={classes.now} data-late={late || undefined} role="status">
      {late
        ? t('rota.missing', { names: names(now.missing) })
        : now.expected.length > 0
          ? t('rota.present', { names: names(now.expected) })
          : t('rota.unplanned')}
    </p>
  )
}
