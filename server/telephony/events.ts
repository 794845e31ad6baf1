/** The few ARI events the service reads, with only the fields it reads. */
export type AriChannel = {
  readonly id: string
  readonly name: string
  readonly state: string
  readonly creationtime: string
  readonly caller: { readonly name: string; readonly number: string }
  readonly dialplan: { readonly context: string; readonly exten: string; readonly app_name: string; readonly app_data: string }
}

export type AriEvent =
  | { readonly type: 'StasisStart'; readonly args: readonly string[]; readonly channel: AriChannel }
  | { readonly type: 'ChannelDestroyed'; readonly cause: number; readonly channel: AriChannel }
  | { readonly type: 'ChannelHangupRequest'; readonly soft?: boolean; readonly channel: AriChannel }
  | { readonly type: 'ChannelDtmfReceived'; readonly digit: string; readonly channel: AriChannel }
  | { readonly type: 'PlaybackFinished'; readonly playback: { readonly id: string; readonly state: string } }
  | {
      readonly type: 'RecordingFinished' | 'RecordingFailed'
      readonly recording: { readonly name: string; readonly duration?: number; readonly silence_duration?: number }
    }
  | { readonly type: 'ApplicationReplaced' }
  | { readonly type: 'DeviceStateChanged'; readonly device_state: { readonly name: string; readonly state: string } }

/** The types of event the service reads; Asterisk is asked to send no others. */
export const eventsRead = [
  'StasisStart',
  'ChannelDestroyed',
  'ChannelHangupRequest',
  'ChannelDtmfReceived',
  'PlaybackFinished',
  'RecordingFinished',
  'RecordingFailed',
  'ApplicationReplaced',
  'DeviceStateChanged',
] as const satisfies readonly AriEvent['type'][]
const read = new Set<string>(eventsRead)

/** @returns null for an event the service does not read, or a message that is none. */
export function readEvent(message: string): AriEvent | null {
  try {
    const event: unknown = JSON.parse(message)
    if (typeof event !== 'object' || event === null || !('type' in event) || typeof event.type !== 'string' || !read.has(event.type))
      return null
    return event as AriEvent
  } catch {
    return null
  }
}
