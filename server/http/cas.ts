import { createHash, randomBytes } from 'node:crypto'
import type { Cas } from '../config-providers.ts'
import { ServiceError } from '../errors.ts'
import { readCasAnswer, type CasAnswer } from './cas-answer.ts'
import type { Vouched } from './vouched.ts'

const timeoutMs = 10_000

export const ticketHash = (ticket: string): string => createHash('sha256').update(ticket).digest('base64url')

/** CAS 3: the browser brings a ticket, which the service has validated by itself. */
export function createCas(settings: Cas, publicUrl: string) {
  const service = (state: string) => `${publicUrl}/api/sign-in/cas/return?state=${state}`

  /** @throws ServiceError `provider_away`, `provider_refused` */
  async function validate(ticket: string, state: string): Promise<CasAnswer> {
    const url = `${settings.url}/p3/serviceValidate?${new URLSearchParams({ service: service(state), ticket }).toString()}`
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs), headers: { accept: 'application/xml' } })
      .then(async (response) => (response.ok ? await response.text() : null))
      .catch(() => null)
    if (answer === null) throw new ServiceError('provider_away')
    try {
      return readCasAnswer(answer)
    } catch (error) {
      throw new ServiceError('provider_refused', undefined, error)
    }
  }

  return {
    name: settings.name,

    /** Where the browser is sent, and what it must bring back. */
    begin(): { readonly url: string; readonly kept: { readonly state: string } } {
      const state = randomBytes(24).toString('base64url')
      return { url: `${settings.url}/login?service=${encodeURIComponent(service(state))}`, kept: { state } }
    },

    /** Whose ticket this is. @throws ServiceError `provider_away`; `provider_refused` when it has served, or is for another service */
    async finish(ticket: string, state: string): Promise<Vouched & { readonly ticketHash: string }> {
      const answer = await validate(ticket, state)
      if (answer.kind === 'failure') throw new ServiceError('provider_refused', answer.code.slice(0, 40))
      const { name, groups } = settings.attributes
      return {
        kind: 'cas',
        subject: answer.user,
        login: answer.user,
        name: answer.attributes[name]?.[0] ?? answer.user,
        groups: groups === null ? null : (answer.attributes[groups] ?? []),
        ticketHash: ticketHash(ticket),
      }
    },

    leaveAt: (): string => `${settings.url}/logout?service=${encodeURIComponent(`${publicUrl}/`)}`,
  }
}
export type CasWay = ReturnType<typeof createCas>
