import { useEffect, useState } from 'react'
import { timeOf } from '../ui/format.ts'

const lookMs = 10_000
const timeNow = () => timeOf(new Date().toISOString())

/** The desk's time of day, `10:24`, drawn anew as the minute changes. */
export function useDeskTime(): string {
  const [time, setTime] = useState(timeNow)
  useEffect(() => {
    const timer = window.setInterval(() => setTime(timeNow()), lookMs)
    return () => window.clearInterval(timer)
  }, [])
  return time
}
