import { expect, test, vi } from 'vitest'
import { Lingering } from '../../server/telephony/lingering.ts'

const watch = () => {
  const gone: string[] = []
  return { gone, lingering: new Lingering((channel) => gone.push(channel), 50) }
}

test('who was hung up and does not end counts as gone, once, and may still be listed until they do', async () => {
  const { gone, lingering } = watch()
  for (const channel of ['c1', 'c1', 'c2']) lingering.hungUp(channel)
  lingering.ended('c2')
  await vi.waitFor(() => expect(gone).toEqual(['c1']))
  lingering.hungUp('c1')
  expect([lingering.has('c1'), lingering.has('c2')]).toEqual([true, false])
  lingering.hungUp('c3')
  await vi.waitFor(() => expect(gone).toEqual(['c1', 'c3']))
  lingering.ended('c1')
  expect(lingering.has('c1')).toBe(false)
})

test('once Asterisk is lost nobody counts as gone for what was asked before', async () => {
  const { gone, lingering } = watch()
  lingering.hungUp('c1')
  lingering.forget()
  lingering.hungUp('c2')
  await vi.waitFor(() => expect(gone).toEqual(['c2']))
})
