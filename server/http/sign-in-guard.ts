import { ServiceError } from '../errors.ts'

const windowMs = 15 * 60_000
const firstBlockMs = 60_000
const limits = {
  /** One account from one address: a forgotten password, or somebody who tries them. */
  pair: 5,
  /** One account from everywhere: guesses spread over addresses. */
  login: 30,
  /** One address over all accounts: one password tried on everybody. */
  address: 60,
} as const

type Tally = { failures: number; lastAt: number; blockedUntil: number }

/**
 * The back-off of sign-in. Past its limit an account is refused from that address for a minute, doubled at each further try, 15 at
 * most. The two wider limits spare those who have signed in from that address before, so that nobody can lock a colleague out.
 * @param now in ms
 */
export function createSignInGuard(now: () => number = Date.now) {
  const tallies = new Map<string, Tally>()
  const known = new Set<string>()

  const keysOf = (login: string, address: string) => {
    const account = login.trim().toLowerCase()
    return { pair: `pair ${account} ${address}`, login: `login ${account}`, address: `address ${address}` }
  }

  function tallyOf(key: string): Tally {
    const found = tallies.get(key)
    if (found !== undefined && now() - found.lastAt < windowMs) return found
    if (tallies.size > 20_000) forgetOld()
    const fresh = { failures: 0, lastAt: now(), blockedUntil: 0 }
    tallies.set(key, fresh)
    return fresh
  }

  function forgetOld(): void {
    for (const [key, tally] of tallies) if (now() - tally.lastAt >= windowMs) tallies.delete(key)
  }

  function count(tally: Tally, limit: number): void {
    tally.failures += 1
    tally.lastAt = now()
    if (tally.failures >= limit) tally.blockedUntil = now() + Math.min(firstBlockMs * 2 ** (tally.failures - limit), windowMs)
  }

  return {
    /**
     * Before a password is looked at: the try counts as a failure until {@link succeeded} says otherwise, so that tries made at
     * once are counted too.
     * @throws ServiceError `too_many_attempts`
     */
    begin(login: string, address: string): void {
      const keys = keysOf(login, address)
      const pair = tallyOf(keys.pair)
      const wider = known.has(keys.pair) ? [] : [tallyOf(keys.login), tallyOf(keys.address)]
      if ([pair, ...wider].some((tally) => tally.blockedUntil > now())) throw new ServiceError('too_many_attempts')
      count(pair, limits.pair)
      const [byLogin, byAddress] = wider
      if (byLogin !== undefined) count(byLogin, limits.login)
      if (byAddress !== undefined) count(byAddress, limits.address)
    },

    /** The password was right. */
    succeeded(login: string, address: string): void {
      const keys = keysOf(login, address)
      tallies.delete(keys.pair)
      if (known.size > 20_000) known.clear()
      if (known.has(keys.pair)) return
      known.add(keys.pair)
      for (const key of [keys.login, keys.address]) {
        const tally = tallies.get(key)
        if (tally === undefined) continue
        tally.failures -= 1
        tally.blockedUntil = 0
      }
    },
  }
}
