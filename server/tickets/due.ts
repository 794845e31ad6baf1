import { addWorkingDays } from '../calendar/days.ts'
import type { TicketContext } from './model.ts'

/** So many days on which the desk is open after a moment; ISO 8601. */
export const daysAfter = (context: Pick<TicketContext, 'policy'>, from: string, days: number): string =>
  new Date(addWorkingDays(context.policy.calendar, Date.parse(from), days)).toISOString()
