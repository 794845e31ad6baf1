import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a request comes from a page of another site. Browsers say so by themselves and a page cannot lie about it; scripts send
 * neither header and pass.
 * @param publicUrl where the console is reached, for a proxy that changes `Host`
 */
export function isCrossSite(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  const { origin, host } = headers
  if (origin === undefined) return false
  const from = URL.parse(origin)
  return from === null || (from.host !== host && from.origin !== new URL(publicUrl).origin)
}

export const changesState = (method: string): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method)
