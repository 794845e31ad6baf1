import { stored } from './stored.ts'

/** Whether a hidden tab says on the desktop that it rings. */
export const noticeWanted = stored<boolean>(
  'guichet.desktop-notice',
  (text) => text === 'yes',
  (wanted) => (wanted ? 'yes' : null),
)

export const noticesExist = (): boolean => 'Notification' in window

/** At a gesture: the browser asks once. @returns whether it may be done */
export async function allowNotices(): Promise<boolean> {
  if (!noticesExist()) return false
  const said = Notification.permission === 'default' ? await Notification.requestPermission() : Notification.permission
  return said === 'granted'
}

/** Say it on the desktop while this tab is hidden; a click comes back here. @returns how to take it away */
export function notice(title: string, body: string): () => void {
  if (!document.hidden || !noticeWanted.get() || !noticesExist() || Notification.permission !== 'granted') return () => undefined
  const shown = new Notification(title, { body, tag: 'guichet-ring', icon: '/favicon-ringing.svg', requireInteraction: true })
  shown.addEventListener('click', () => {
    window.focus()
    shown.close()
  })
  return () => shown.close()
}
