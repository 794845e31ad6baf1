import type { BlockList } from 'node:net'
import { z } from 'zod'
import { networks } from './webhooks/addresses.ts'

const text = z.string().trim().min(1)
const isLoopback = (host: string) => host === 'localhost' || host === '[::1]' || host.startsWith('127.')
/** Identities are not to be read on the way. */
const safeAddress = z
  .url({ protocol: /^https?$/ })
  .transform((url) => url.replace(/\/$/, ''))
  .refine((url) => url.startsWith('https:') || isLoopback(new URL(url).hostname), 'attendu https://…')

const networkList = z
  .string()
  .transform((written) =>
    written
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean),
  )
  .transform((written, context) => {
    try {
      return networks(written)
    } catch (error) {
      context.addIssue(`« ${(error as Error).message} » n’est pas un réseau : attendu 10.1.0.0/16 ou une adresse`)
      return z.NEVER
    }
  })

/** Those who vouch for people instead of a password, and those who are told: what the environment says. */
export const providerFields = {
  OIDC_ISSUER: safeAddress.optional(),
  OIDC_CLIENT_ID: text.optional(),
  OIDC_CLIENT_SECRET: text.optional(),
  OIDC_NAME: text.default('Compte de l’université'),
  OIDC_SCOPES: text.default('openid profile email'),
  OIDC_CLAIM_LOGIN: text.default('preferred_username'),
  OIDC_CLAIM_NAME: text.default('name'),
  OIDC_CLAIM_GROUPS: text.optional(),
  CAS_URL: safeAddress.optional(),
  CAS_NAME: text.default('Compte de l’université (CAS)'),
  CAS_ATTRIBUTE_NAME: text.default('displayName'),
  CAS_ATTRIBUTE_GROUPS: text.optional(),
  WEBHOOK_NETWORKS: networkList.optional(),
}

export type Oidc = {
  readonly issuer: string
  readonly clientId: string
  /** Null: a public client, protected by PKCE alone. */
  readonly clientSecret: string | null
  /** What the sign-in page calls it. */
  readonly name: string
  readonly scopes: string
  readonly claims: { readonly login: string; readonly name: string; readonly groups: string | null }
}
export type Cas = {
  readonly url: string
  readonly name: string
  readonly attributes: { readonly name: string; readonly groups: string | null }
}

export type Providers = {
  readonly oidc: Oidc | null
  readonly cas: Cas | null
  /** Our own networks that webhooks may reach. */
  readonly webhookNetworks: BlockList
}
type Read = z.output<z.ZodObject<typeof providerFields>>

/** @param problems what cannot be used is added there */
export function providersFrom(e: Read, problems: string[]): Providers {
  if ((e.OIDC_ISSUER === undefined) !== (e.OIDC_CLIENT_ID === undefined))
    problems.push('OIDC_ISSUER et OIDC_CLIENT_ID vont ensemble : indiquez les deux, ou aucun.')
  const oidc =
    e.OIDC_ISSUER === undefined || e.OIDC_CLIENT_ID === undefined
      ? null
      : {
          issuer: e.OIDC_ISSUER,
          clientId: e.OIDC_CLIENT_ID,
          clientSecret: e.OIDC_CLIENT_SECRET ?? null,
          name: e.OIDC_NAME,
          scopes: e.OIDC_SCOPES,
          claims: { login: e.OIDC_CLAIM_LOGIN, name: e.OIDC_CLAIM_NAME, groups: e.OIDC_CLAIM_GROUPS ?? null },
        }
  const cas =
    e.CAS_URL === undefined
      ? null
      : { url: e.CAS_URL, name: e.CAS_NAME, attributes: { name: e.CAS_ATTRIBUTE_NAME, groups: e.CAS_ATTRIBUTE_GROUPS ?? null } }
  return { oidc, cas, webhookNetworks: e.WEBHOOK_NETWORKS ?? networks([]) }
}
