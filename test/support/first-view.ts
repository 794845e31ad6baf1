import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The scripts and styles that the built page asks for before it can show anything: those it names, and what these import. */
export function firstView(dist: string): readonly string[] {
  const page = readFileSync(join(dist, 'index.html'), 'utf8')
  const named = [...page.matchAll(/<(?:script|link)[^>]* (?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, path = '']) => path)
  const found = new Set<string>()
  const add = (path: string) => {
    if (found.has(path)) return
    found.add(path)
    if (!path.endsWith('.js')) return
    for (const [, from = ''] of readFileSync(join(dist, path), 'utf8').matchAll(
      /(?:^|[;}])(?:import|export)[^'"`;()]*?["']\.\/([^"']+\.js)["']/g,
    ))
      add(`assets/${from}`)
  }
  for (const path of named) add(path)
  return [...found].map((path) => join(dist, path))
}
