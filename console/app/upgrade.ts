import { useEffect, useState } from 'react'
import { draftsOf } from '../desk/drafts.ts'
import { isAtWork, myself } from '../live/desk.ts'
import { useLive } from '../live/use-live.ts'

const reloadedFor = 'guichet.reloaded-for'
const lookMs = 1_000

/** The build that this page is of; null when it is not a built one. */
const ownBuild = (): string | null => document.querySelector<HTMLMetaElement>('meta[name="build"]')?.content ?? null

/** Nothing on the page that a reload would take away. */
const nothingTyped = (): boolean =>
  [
    ...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
      'main textarea, main input, [role="dialog"] textarea, [role="dialog"] input',
    ),
  ].every(({ type, value }) => value === '' || ['search', 'checkbox', 'radio', 'hidden'].includes(type))

export const reload = (): void => window.location.reload()

/** Whether the service has been upgraded since this page was opened. The page is opened anew as soon as nobody needs it as it is. */
export function useUpgrade(me: string): boolean {
  const { desk } = useLive()
  const [own] = useState(ownBuild)
  const build = desk?.build ?? null
  const old = own !== null && build !== null && own !== build
  const myState = desk === null ? undefined : myself(desk)?.state
  useEffect(() => {
    // Once for each build: a page that comes back old from somewhere on the way must not be opened for ever.
    if (!old || build === null || sessionStorage.getItem(reloadedFor) === build) return
    const look = () => {
      if (isAtWork(myState) || draftsOf(me).get().drafts.length > 0 || !nothingTyped()) return
      sessionStorage.setItem(reloadedFor, build)
      reload()
    }
    const timer = window.setInterval(look, lookMs)
    return () => window.clearInterval(timer)
  }, [old, build, me, myState])
  return old
}
