import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { iWrite, writersQuery } from '../api/colleagues.ts'
import { queryClient } from '../api/queries.ts'
import classes from './composer.module.css'

const againMs = 4_000

/** « Nadia écrit aussi »: two people who answer the same thing at once see each other. @param text what is typed here */
export function AlsoWriting({ number, text }: { readonly number: number; readonly text: string }) {
  const { t } = useTranslation()
  const others = useQuery(writersQuery(number)).data?.others ?? []
  const told = useRef({ at: 0, text })
  useEffect(() => {
    if (text.trim() === '' || text === told.current.text || Date.now() - told.current.at < againMs) return
    told.current = { at: Date.now(), text }
    iWrite(number).then(
      (writers) => queryClient.setQueryData(writersQuery(number).queryKey, writers),
      () => undefined,
    )
  }, [number, text])
  return (
    <p className={classes.others} role="status">
      {others.length > 0 && t('work.writing', { count: others.length, who: others.join(', ') })}
    </p>
  )
}
