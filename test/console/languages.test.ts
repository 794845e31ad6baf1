import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bound } from '../../console/ui/bound.ts'
import { english, french } from './texts.ts'

const plural = (path: string) => path.replace(/_(one|many|other|zero)$/, '')
const filled = (text: string) =>
  [...text.matchAll(/{{(\w+)/g)]
    .map(([, word = '']) => word)
    .toSorted()
    .join(' ')

describe('the catalogues', () => {
  test('have every text in both languages, and each is filled in with the same words', () => {
    const paths = (texts: ReadonlyMap<string, string>) => [...new Set([...texts.keys()].map(plural))].toSorted()
    expect(paths(english)).toEqual(paths(french))
    const differ = [...english].filter(([path, text]) => {
      // « un appel » may do without its figure.
      const own = french.get(path)
      return own !== undefined && !path.endsWith('_one') && filled(own) !== filled(text)
    })
    expect(differ.map(([path]) => path)).toEqual([])
  })

  test('speak English where they are English', () => {
    // Names that are French in any language.
    const names = /Guichet unique(?: du Numérique)?|« ?[^»]*»|“[^”]*”|Français|Numérique|référents?|Réunion|Hébuterne/gi
    const words = /[éèêëàâçùûîïôœ]|\b(?:le|la|les|des|une|du|est|sont|pour|avec|dans|vous|votre|qui|sur|pas|aucun|aucune|être)\b/i
    // What is proposed to be said to French callers.
    const theirs = /^(?:settings\.hours\.proposed\.fr|lines\.proposed\.fr|disruptions\.form\.spokenFrExample)$/
    const suspect = [...english]
      .filter(([path]) => !theirs.test(path))
      .filter(([, text]) => words.test(text.replaceAll(/{{[^}]*}}/g, '').replaceAll(names, '')))
    expect(suspect).toEqual([])
  })

  test('keep French signs with the word that they belong to', () => {
    const loose = [...french].filter(([, text]) => /[\p{L}\p{N})}] [:;?!»]|« /u.test(bound(text)))
    expect(loose).toEqual([])
    expect(bound('Vu : « Le guide » ; pas encore ?')).toBe('Vu\u00A0: «\u00A0Le guide\u00A0»\u202F; pas encore\u202F?')
  })
})

test('no screen says what is in no catalogue', () => {
  const console_ = join(import.meta.dirname, '../../console')
  const files = readdirSync(console_, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.tsx') && !name.startsWith('dist'),
  )
  expect(files.length).toBeGreaterThan(150)
  const written = files.flatMap((name) => {
    const source = readFileSync(join(console_, name), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, '')
    const texts = [
      ...source.matchAll(/<[a-z][^<>]*>\s*([^<>{}=]*\p{L}{2,}[^<>{}=]*?)\s*<\//gu),
      ...source.matchAll(/ (?:label|title|placeholder|aria-label|alt|heading)="([^"\n]*\p{L}{2,}[^"\n]*)"/gu),
    ]
    return texts.map(([, text = '']) => `${name}: ${text.trim()}`)
  })
  // Specimens are named after themselves; addresses, names of products and of files are the same in any language.
  const same = /^components\/|: (?:https?:|(?:Prometheus|GLPI)$|(?:groups|categories)$|[A-Z]+-\d)/
  expect(written.filter((one) => !same.test(one))).toEqual([])
})
