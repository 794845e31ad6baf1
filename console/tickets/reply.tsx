import { Button, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCheck, IconSend2 } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { closeTicket, contribute } from '../api/commands.ts'
import { errorText } from '../api/error-text.ts'
import { queryClient } from '../api/queries.ts'
import { Keys } from '../ui/kbd.tsx'
import classes from './reply.module.css'

/** What was typed for a ticket outlives a visit to another page: a call that rings shows the desk at once. */
const unsent = new Map<number, string>()

/** The box that adds to a ticket, or closes it with its solution. */
export function Reply({ number }: { number: number }) {
  const { t } = useTranslation()
  const [text, setText] = useState(unsent.get(number) ?? '')
  const [closing, setClosing] = useState(false)
  const [empty, setEmpty] = useState(false)
  const write = (value: string) => {
    unsent.set(number, value)
    setText(value)
    setEmpty(false)
  }
  const send = useMutation({
    mutationFn: () => (closing ? closeTicket(number, text.trim()) : contribute(number, text.trim())),
    onSuccess: async () => {
      write('')
      notifications.show({ message: t(closing ? 'ticket.closed' : 'ticket.added'), withBorder: true, autoClose: 3_000 })
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ['ticket', number] }),
        queryClient.invalidateQueries({ queryKey: ['tickets'] }),
      ])
    },
  })
  const submit = () => {
    if (text.trim() === '') setEmpty(true)
    else if (!send.isPending) send.mutate()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    submit()
  }
  const problem = empty ? t('ticket.needed') : send.isError ? `${t('form.failed')} ${errorText(send.error)}` : undefined
  return (
    <form
      className={classes.reply}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Textarea
        label={t(closing ? 'form.solution' : 'ticket.add')}
        placeholder={t(closing ? 'ticket.solutionPlaceholder' : 'ticket.addPlaceholder')}
        value={text}
        maxLength={20_000}
        rows={3}
        error={problem}
        onChange={(e) => write(e.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className={classes.actions}>
        <Button
          type="submit"
          loading={send.isPending}
          leftSection={closing ? <IconCheck size={16} stroke={1.8} /> : <IconSend2 size={16} stroke={1.6} />}
          rightSection={<Keys keys="Ctrl+Enter" />}
          aria-keyshortcuts="Control+Enter"
        >
          {t(closing ? 'ticket.closeShort' : 'ticket.send')}
        </Button>
        {closing ? (
          <Button variant="subtle" color="gray" c="var(--g-ink-2)" onClick={() => setClosing(false)}>
            {t('ticket.cancel')}
          </Button>
        ) : (
          <Button variant="default" leftSection={<IconCheck size={16} stroke={1.8} />} onClick={() => setClosing(true)}>
            {t('ticket.close')}
          </Button>
        )}
      </div>
    </form>
  )
}
