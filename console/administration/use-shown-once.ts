import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { tellFailure } from '../api/commands.ts'

type Ways<S> = {
  readonly add: (name: string) => Promise<S>
  readonly revoke: (id: string) => Promise<unknown>
  /** What is said once one was taken back. */
  readonly revoked: (name: string) => string
}

/** Who is given a secret that is shown once: the name being typed, the secret just made, and how one is added and taken back. */
export function useShownOnce<S extends { readonly id: string }>({ add, revoke, revoked }: Ways<S>) {
  const [name, setName] = useState('')
  const [made, setMade] = useState<S | null>(null)
  return {
    name,
    setName,
    made,
    add() {
      if (name.trim() === '') return
      add(name).then((secret) => {
        setMade(secret)
        setName('')
      }, tellFailure)
    },
    revoke: (id: string, whose: string) =>
      revoke(id).then(() => {
        if (made?.id === id) setMade(null)
        notifications.show({ message: revoked(whose), withBorder: true })
      }, tellFailure),
  }
}
