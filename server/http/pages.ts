import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { App } from './app-type.ts'
import { inProject } from '../project.ts'

const builtConsole = inProject('console', 'dist')
/** All are one page, which looks at its address. */
const consoleAddresses = ['/console', '/console/*', '/avis/*', '/demo', '/mot-de-passe', '/mur/*']

const unbuilt = `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Guichet unique</title>
<p>La console n’est pas construite : lancez <code>npm run build</code>, puis rechargez cette page.</p></html>`

/** Which build of the console is there, by the mark that its page bears; null when there is none. */
export function buildOf(folder = builtConsole): string | null {
  const page = join(folder, 'index.html')
  return existsSync(page) ? (/<meta name="build" content="([^"]+)"/.exec(readFileSync(page, 'utf8'))?.[1] ?? null) : null
}

/** The built console and its pages. */
export async function pages(app: App, folder = builtConsole): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: true,
    index: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders(reply, path) {
      // A sound sent from elsewhere says by itself that it is not to be kept.
      if (!path.startsWith(folder)) return
      // Built files bear a hash of their content in their name; all others may change at the next start.
      const hashed = path.startsWith(join(folder, 'assets'))
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  for (const address of consoleAddresses) {
    app.get(address, { schema: { hide: true } }, (_request, reply) => {
      // The first question of the console's page, asked while its script is still on its way.
      if (address.startsWith('/console')) reply.header('link', '</api/session>; rel=preload; as=fetch; crossorigin=anonymous')
      if (existsSync(join(folder, 'index.html'))) return reply.sendFile('index.html')
      return reply.code(503).type('text/html; charset=utf-8').send(unbuilt)
    })
  }
}
