import { z } from 'zod'
import { moment } from './entities.ts'

/** A monitoring that may open and end disruptions. Its secret is shown once, when it is made. */
const monitor = z.object({ id: z.string(), name: z.string(), createdAt: moment, createdBy: z.string(), seenAt: moment.nullable() })
export type Monitor = z.infer<typeof monitor>
export const monitors = z.array(monitor)
export const monitorCreation = z.object({ name: z.string().trim().min(1).max(60) })
export const monitorSecret = monitor.extend({ secret: z.string(), url: z.string() })
export type MonitorSecret = z.infer<typeof monitorSecret>

const labels = z.record(z.string(), z.string())
const anyText = z.union([z.string(), z.number()]).transform(String)

/** What Alertmanager posts (its webhook's version 4): one disruption for each group of alerts. */
export const alertmanagerEvent = z.object({
  groupKey: z.string().min(1).max(2_000),
  status: z.enum(['firing', 'resolved']),
  commonLabels: labels.default({}),
  commonAnnotations: labels.default({}),
  alerts: z
    .array(z.object({ status: z.string(), labels: labels.default({}), annotations: labels.default({}), startsAt: z.string().optional() }))
    .max(10_000),
})

/** What a Zabbix webhook posts: the macros of an event under these names; `event_value` 1 is a problem, 0 its end. */
export const zabbixEvent = z.object({
  event_id: anyText,
  event_value: anyText.pipe(z.enum(['0', '1'])),
  event_name: z.string().min(1).max(2_000),
  host_name: z.string().max(500).default(''),
  trigger_description: z.string().max(5_000).default(''),
})
export const monitorOutcome = z.object({ changed: z.boolean() })
