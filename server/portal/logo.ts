import type { FastifyInstance } from 'fastify'
import { ServiceError } from '../errors.ts'
import type { PortalParts } from './desk-now.ts'

/** Where the site's own picture is, an address that changes with it; null: it has none. */
export const logoAddress = ({ values, view }: PortalParts['settings']): string | null =>
  values.portal.logo === null ? null : `/logo?v=${view.portal.version}`

/** The site's own picture. */
export function logoRoute(portal: FastifyInstance, { settings }: Pick<PortalParts, 'settings'>): void {
  portal.get('/logo', (_request, reply) => {
    const [, type = '', base64 = ''] = /^data:(image\/\w+);base64,(.*)$/.exec(settings.values.portal.logo ?? '') ?? []
    if (type === '') throw new ServiceError('not_found')
    return reply
      .header('cache-control', 'public, max-age=3600')
      .header('x-content-type-options', 'nosniff')
      .type(type)
      .send(Buffer.from(base64, 'base64'))
  })
}
