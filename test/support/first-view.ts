import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The scripts and styles that the built page asks for before it can show anything: those it names, what these import, and its reader's texts. */
export function firstView(dist: string, language: 'fr' | 'en' = 'fr'): readonly string[] {
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
  const asks = named.find((path) => path.includes('first-texts'))
  const texts =
    asks === undefined ? undefined : new RegExp(`'/(assets/${language}-[^']+[.]js)'`).exec(readFileSync(join(dist, asks), 'utf8'))?.[1]
  if (texts === undefined) throw new Error(`The page does not say where its ${language} texts are.`)
  add(texts)
  return [...found].map((path) => join(dist, path))
}
