const dayMs = 86_400_000

/** A date so many days later. @param date `2026-11-24` */
export const daysLater = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

/** The Monday of a date's week. */
export const mondayOf = (date: string): string => daysLater(date, -((new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7))
