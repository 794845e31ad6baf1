import { expect, test } from 'vitest'
import { inOwnNetwork } from '../support/own-network.ts'

type Loudness = { readonly operator: number; readonly caller: number }
type Seen = {
  readonly anonymous: { readonly page: unknown; readonly number: string | null; readonly people: number }
  readonly announced: number
  readonly said: string
  readonly readBack: string
  readonly reloadEndedMs: number
  readonly reloaded: string
  readonly place: { readonly kept: boolean; readonly position: number | null }
  readonly hungUp: string
  readonly unsound: readonly string[]
  readonly abandoned: string | null
  readonly completed: string | null
  readonly refused: readonly string[]
  readonly known: { readonly page: unknown; readonly names: readonly string[]; readonly number: string | null }
  readonly talking: Loudness
  readonly hushed: number
  readonly muted: number
  readonly pulledOut: { readonly says: string; readonly operator: number }
  readonly meanwhile: Loudness
  readonly after: { readonly operator: number; readonly calls: readonly string[] }
  readonly farewell: string
  readonly secrets: boolean
}

test('the page calls the desk: heard and read, chosen by buttons, sure when signed in, over when reloaded, kept when the service is killed', async () => {
  const seen = await inOwnNetwork<Seen>('page-call-scene.ts')
  // Without an account: a caller like any other, of whom nothing is known.
  expect(seen.anonymous).toEqual({ page: { signedIn: false, ticket: null }, number: null, people: 0 })
  expect(seen.announced).toBeGreaterThan(0.01)
  expect(seen.said).toContain('Toutes nos lignes sont occupées')
  expect(seen.readBack).toContain('05\u00a061\u00a055\u00a077\u00a011')
  expect(seen.reloadEndedMs).toBeLessThan(5_000)
  expect(seen.reloaded).toContain('votre appel a été coupé')
  expect(seen.place).toEqual({ kept: true, position: 1 })
  expect(seen.hungUp).not.toBe('')
  // The open panel, in both schemes.
  expect(seen.unsound).toEqual([])
  // As for any caller who hangs up.
  expect([seen.abandoned, seen.completed]).toEqual(['abandoned, caller', 'completed, caller'])
  expect(seen.refused[0]).toMatch(/^Le son ne passe pas de votre réseau au guichet\. Sinon, /)
  expect(seen.refused[1]).toMatch(/^Le micro n’est pas autorisé/)
  expect(seen.known).toEqual({ page: { signedIn: true, ticket: null }, names: ['Claire Dubois'], number: '+33561551234' })
  // The microphone beeps; the operator speaks, then is silent.
  expect(seen.talking.operator).toBeGreaterThan(0.01)
  expect(seen.talking.caller).toBeGreaterThan(Math.max(0.005, seen.hushed * 5))
  expect(seen.muted).toBeLessThan(seen.talking.operator / 20)
  expect(seen.pulledOut.says).toBe('On ne vous entend plus : le micro n’est plus là. Rebranchez-le, ou branchez-en un autre.')
  expect(seen.pulledOut.operator).toBeGreaterThan(0.01)
  expect(seen.meanwhile.operator).toBeGreaterThan(0.01)
  expect(seen.meanwhile.caller).toBeGreaterThan(0.005)
  expect(seen.after.operator).toBeGreaterThan(0.01)
  expect(seen.after.calls).toEqual(['talking'])
  expect(seen.farewell).toBe('L’appel est terminé. Merci.')
  expect(seen.secrets).toBe(false)
}, 480_000)
