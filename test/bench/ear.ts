import WebSocket from 'ws'
import type { DeskLine } from '../support/desk-line.ts'

const application = 'bench'

export type Heard = { readonly type: string; readonly at: number; readonly channel: string; readonly state: string; readonly app: string }
type Event = {
  readonly type: string
  readonly timestamp: string
  readonly channel?: { readonly id: string; readonly state: string }
  readonly dialplan_app?: string
}

/** A second ARI application beside the service's, that only listens: Asterisk's own events with Asterisk's own time. */
export async function listen(desk: DeskLine): Promise<{ readonly heard: readonly Heard[]; close(): void }> {
  const { url, user, password } = desk.asterisk.ari
  const heard: Heard[] = []
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ari/events?app=${application}`, { headers: { authorization } })
  socket.on('message', (data: Buffer) => {
    const event = JSON.parse(data.toString('utf8')) as Event
    if (event.channel === undefined) return
    const { id, state } = event.channel
    heard.push({ type: event.type, at: Date.parse(event.timestamp), channel: id, state, app: event.dialplan_app ?? '' })
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  const subscription = `${url}/ari/applications/${application}/subscription?eventSource=endpoint:PJSIP`
  const answer = await fetch(subscription, { method: 'POST', headers: { authorization } })
  if (!answer.ok) throw new Error(`Asterisk refused the subscription: ${answer.status}`)
  return { heard, close: () => socket.close() }
}
