import { Button } from '@mantine/core'
import { IconHandGrab } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { takeUpTicket } from '../api/commands.ts'
import { errorText } from '../api/error-text.ts'
import { queryClient, sessionQuery } from '../api/queries.ts'
import { Keys } from '../ui/kbd.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import classes from './ticket-page.module.css'

/** Nobody follows this ticket yet: one gesture takes it up, and the requester is told who does. */
export function TakeUp({ number }: { number: number }) {
  const { t } = useTranslation()
  const role = useQuery(sessionQuery).data?.role
  const may = role === 'operator' || role === 'supervisor'
  const take = useMutation({
    mutationFn: () => takeUpTicket(number),
    onSettled: () => Promise.all(['ticket', 'tickets', 'next'].map((key) => queryClient.invalidateQueries({ queryKey: [key] }))),
  })
  useShortcuts([{ key: 't', run: () => may && !take.isPending && take.mutate() }])
  return (
    <section className={classes.take} aria-label={t('ticket.takeUp')}>
      <p>
        <strong>{t('ticket.nobody')}</strong> {t('ticket.nobodyText')}
        {take.isError && <span role="alert"> {errorText(take.error)}</span>}
      </p>
      {may && (
        <Button
          leftSection={<IconHandGrab size={16} stroke={1.7} />}
          rightSection={<Keys keys="T" />}
          aria-keyshortcuts="T"
          loading={take.isPending}
          onClick={() => take.mutate()}
        >
          {t('ticket.takeUp')}
        </Button>
      )}
    </section>
  )
}
