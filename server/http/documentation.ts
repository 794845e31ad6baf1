import swagger from '@fastify/swagger'
import fastify, { type FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { isKeyRoute } from '../contract/rights.ts'
import type { App } from './app-type.ts'
import { type Described, describeAll, type Documented, fieldsOfTheDesk } from './described.ts'

const readerAt = '/api/docs'

/** OpenAPI, collected from the routes added after this, and its reader at /api/docs. */
export async function documentation(app: App): Promise<void> {
  const described = new Map<string, Described>()
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Guichet unique',
        version: '1',
        description:
          'Errors are always {code, message}; codes are in the catalogue server/contract/errors.ts. Programs send a key made under « Réglages », ' +
          '« Clés d’API » as `Authorization: Bearer gu_…`, 120 requests a minute at most, on the routes it was given.',
      },
      tags: [...fieldsOfTheDesk],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'guichet' },
          key: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ session: [] }],
    },
    transform: (asked) => {
      const { schema, url } = jsonSchemaTransform(asked)
      const methods = [asked.route.method].flat()
      const byKey = methods.every((method) => isKeyRoute(`${method} ${url}`))
      for (const method of methods)
        described.set(`${method} ${url}`, { ...asked.schema, takesFiles: asked.route.config?.takesFiles === true } as Described)
      return { url, schema: { ...schema, ...(byKey && { security: [{ session: [] }, { key: [] }] }) } }
    },
  })
  // Written once, and kept as it is sent: it is long, and calls go on meanwhile.
  let written: Promise<string> | null = null
  app.get('/api/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    written ??= describeAll(app.swagger() as unknown as Documented, described).then((whole) => JSON.stringify(whole))
    return reply
      .type('application/json; charset=utf-8')
      .serializer(String)
      .send(await written)
  })
  let reader: Promise<FastifyInstance> | null = null
  for (const path of [readerAt, `${readerAt}/`, `${readerAt}/js/scalar.js`]) {
    app.get(path, { schema: { hide: true } }, async (_request, reply) => {
      reader ??= openReader()
      const page = await (await reader).inject(path)
      const { 'content-type': type, location } = page.headers
      if (location !== undefined) return reply.redirect(location, page.statusCode)
      return reply
        .code(page.statusCode)
        .header('content-type', type)
        .header(
          'content-security-policy',
          // The reader is a page of its own that styles and starts itself inline; nothing of ours is on it.
          "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'",
        )
        .send(page.rawPayload)
    })
  }
}

/** Loaded when somebody first reads: it would hold up the start, which callers wait for. */
async function openReader(): Promise<FastifyInstance> {
  const { default: scalar } = await import('@scalar/fastify-api-reference')
  const reader = fastify()
  await reader.register(scalar, {
    routePrefix: readerAt,
    configuration: {
      url: '/api/openapi.json',
      // Nothing on the page that calls another site.
      withDefaultFonts: false,
      telemetry: false,
      showDeveloperTools: 'never',
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  })
  return reader
}
