/**
 * What monitorings say, in their own shapes, as one disruption. It is the staff's until somebody has read it: a machine announces nothing
 * to the public, and speaks to no caller.
 */
import type { z } from 'zod'
import { disruptionContent, type DisruptionContent } from '../contract/disruptions.ts'
import { alertmanagerEvent, zabbixEvent } from '../contract/monitors.ts'

export type MonitorEvent = {
  readonly key: string
  readonly over: boolean
  readonly content: DisruptionContent
  readonly resolution: string
}

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`)
/** Both its ends: many groups' keys begin by the same long way to them. */
const keyed = (text: string): string => (text.length <= 500 ? text : `${text.slice(0, 200)}…${text.slice(-299)}`)
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

const content = (title: string, place: string, says: string, startsAt: string): DisruptionContent =>
  disruptionContent.parse({
    title: cut(oneLine(title) || 'Alerte de supervision', 120),
    place: cut(oneLine(place), 120),
    workaround: cut(says.trim(), 1_000),
    audience: 'staff',
    startsAt,
  })

/** @param now ISO 8601 @returns null when it has neither shape */
export function readEvent(body: unknown, now: string): MonitorEvent | null {
  const alerts = alertmanagerEvent.safeParse(body)
  if (alerts.success) return ofAlertmanager(alerts.data, now)
  const zabbix = zabbixEvent.safeParse(body)
  if (!zabbix.success) return null
  const { event_id, event_value, event_name, host_name, trigger_description } = zabbix.data
  return {
    key: keyed(`zabbix ${event_id}`),
    over: event_value === '0',
    content: content(event_name, host_name, trigger_description, now),
    resolution: 'La supervision ne constate plus le problème.',
  }
}

function ofAlertmanager({ groupKey, status, commonLabels, commonAnnotations, alerts }: z.output<typeof alertmanagerEvent>, now: string) {
  const [first] = alerts
  const said = (name: string) => commonAnnotations[name] ?? first?.annotations[name] ?? ''
  const label = (name: string) => commonLabels[name] ?? first?.labels[name] ?? ''
  const since = alerts.flatMap(({ startsAt }) => {
    const ms = Date.parse(startsAt ?? '')
    // A year without a meaning (0001) and what has yet to come count as now.
    return ms > 0 && ms <= Date.parse(now) ? [ms] : []
  })
  return {
    key: keyed(`alertmanager ${groupKey}`),
    over: status === 'resolved',
    content: content(
      said('summary') || label('alertname'),
      label('site') || label('instance') || label('job'),
      said('description'),
      since.length === 0 ? now : new Date(Math.min(...since)).toISOString(),
    ),
    resolution: 'La supervision ne constate plus le problème.',
  }
}
