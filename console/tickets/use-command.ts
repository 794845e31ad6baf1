import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { errorText } from '../api/error-text.ts'
import { readAgain } from '../api/ticket-life.ts'

type Asked = { readonly work: () => Promise<unknown>; readonly done: string; readonly after?: () => void }

/** One command on a ticket at a time: says that it was done, or why not, and reads the ticket again either way. */
export function useCommand() {
  const command = useMutation({
    mutationFn: ({ work }: Asked) => work(),
    onSuccess: (_answer, { done, after }) => {
      notifications.show({ message: done, withBorder: true, autoClose: 3_000 })
      after?.()
    },
    onSettled: readAgain,
  })
  return {
    busy: command.isPending,
    failure: command.isError ? errorText(command.error) : null,
    run: (work: Asked['work'], done: string, after?: () => void) => {
      if (!command.isPending) command.mutate({ work, done, ...(after && { after }) })
    },
  }
}
