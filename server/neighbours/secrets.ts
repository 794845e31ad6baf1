import type { Stores } from '../database/stores.ts'

type Sealing = { readonly seal: (bytes: Uint8Array) => string; readonly open: (sealed: string) => Uint8Array | null }
type Values = Readonly<Record<string, string>>

/**
 * What opens a neighbour's door, sealed with the place that it is for: an address changed by mistake, or in malice, is not sent it.
 * @param neighbour by what name it is kept
 */
export function neighbourSecrets(parts: { readonly store: Stores['neighbourSecrets']; readonly sealing: Sealing }) {
  const originOf = (address: string) => new URL(address).origin
  async function opened(neighbour: string): Promise<{ readonly origin: string; readonly values: Values } | null> {
    const sealed = await parts.store.sealed(neighbour)
    const bytes = sealed === null ? null : parts.sealing.open(sealed)
    return bytes === null ? null : (JSON.parse(Buffer.from(bytes).toString('utf8')) as { origin: string; values: Values })
  }
  return {
    /** Those kept for this address; none when they are for another one. */
    async of(neighbour: string, address: string | null): Promise<Values> {
      const found = address === null ? null : await opened(neighbour)
      return found === null || address === null || found.origin !== originOf(address) ? {} : found.values
    },

    /** @param change null forgets one, undefined leaves it */
    async keep(neighbour: string, address: string, change: Readonly<Record<string, string | null | undefined>>, by: string): Promise<void> {
      const values = { ...(await this.of(neighbour, address)) } as Record<string, string>
      for (const [name, value] of Object.entries(change)) {
        if (value === null) delete values[name]
        else if (value !== undefined) values[name] = value
      }
      const secret = { origin: originOf(address), values }
      const isEmpty = Object.keys(values).length === 0
      await parts.store.keep(neighbour, isEmpty ? null : parts.sealing.seal(Buffer.from(JSON.stringify(secret))), by)
    },
  }
}
export type NeighbourSecrets = ReturnType<typeof neighbourSecrets>
