import type { FastifyInstance } from 'fastify'
import type { WaitAccuracy } from '../../server/contract/waiting.ts'

const nothing = { told: 0, kept: 0, late: 0, left: 0, medianSeconds: null, medianErrorSeconds: null }

/** A desk that has announced no wait yet. */
export const noAccuracy = (): WaitAccuracy => ({ since: '2026-10-24T09:00:00.000Z', ...nothing, ranges: [] })

/** A month of announced waits. */
export const sampleAccuracy = (): WaitAccuracy => ({
  since: '2026-10-24T09:00:00.000Z',
  told: 214,
  kept: 168,
  late: 27,
  left: 19,
  medianSeconds: 188,
  medianErrorSeconds: -24,
  ranges: [
    { lowMinutes: 0, highMinutes: 1, told: 61, kept: 55, late: 4, left: 2, medianSeconds: 31, medianErrorSeconds: 1 },
    { lowMinutes: 1, highMinutes: 5, told: 118, kept: 92, late: 15, left: 11, medianSeconds: 171, medianErrorSeconds: -9 },
    { lowMinutes: 5, highMinutes: 10, told: 35, kept: 21, late: 8, left: 6, medianSeconds: 462, medianErrorSeconds: 12 },
  ],
})

export function waitingRoutes(app: FastifyInstance, world: { accuracy: WaitAccuracy }): void {
  app.get('/api/waiting/accuracy', () => world.accuracy)
}
