import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PhoneProgress, PhoneState, PhoneTask, SoundDraft } from '../../server/contract/announcements.ts'
import { letTelephoneGo, ringTelephone, telephoneQuery } from '../api/announcements.ts'
import { tellFailure } from '../api/commands.ts'

export type Telephone = {
  readonly telephones: PhoneState['telephones']
  /** The task begun here, as far as the server says it is. */
  readonly task: PhoneProgress | null
  readonly busy: boolean
  /** What was recorded here. */
  readonly draft: SoundDraft | null
  readonly ring: (task: PhoneTask) => void
  readonly letGo: () => void
  /** The task is of no interest any more. */
  readonly forget: () => void
}

export const isOver = ({ stage }: PhoneProgress): boolean => stage === 'done' || stage === 'failed'

/** A telephone to record at or to listen at; every side of every announcement sees the same one, and its own task alone. */
export function useTelephone(title: string): Telephone {
  const { data } = useQuery(telephoneQuery)
  const [begun, setBegun] = useState<string | null>(null)
  const current = data?.task ?? null
  const task = current?.id === begun ? current : null
  const failed = (error: unknown) => tellFailure(error, title)
  return {
    telephones: data?.telephones ?? [],
    task,
    busy: current !== null && !isOver(current),
    draft: task?.stage === 'done' ? task.draft : null,
    ring: (what) => void ringTelephone(what).then(({ id }) => setBegun(id), failed),
    letGo: () => void letTelephoneGo().catch(failed),
    forget: () => setBegun(null),
  }
}
