import { SaxesParser } from 'saxes'

/* CAS protocol 3.0, §2.5 (validation) and SAML logout requests of its §2.3.3; the answers are small documents. */

const casSpace = 'http://www.yale.edu/tp/cas'
const samlSpace = 'urn:oasis:names:tc:SAML:2.0:protocol'
const longest = 262_144

export type CasAnswer =
  | { readonly kind: 'success'; readonly user: string; readonly attributes: Readonly<Record<string, readonly string[]>> }
  | { readonly kind: 'failure'; readonly code: string }

type Element = { readonly uri: string; readonly name: string; readonly attributes: Readonly<Record<string, string>> }

/** Each element's whole text, with the way to it. @throws Error when this is not well-formed XML, or declares anything of its own */
function walk(xml: string, leave: (path: readonly Element[], text: string) => void): void {
  if (xml.length > longest) throw new Error('too long')
  const parser = new SaxesParser({ xmlns: true })
  const path: Element[] = []
  const texts: string[] = []
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new Error('a document type')
  })
  parser.on('opentag', ({ uri, local, attributes }) => {
    path.push({ uri, name: local, attributes: Object.fromEntries(Object.values(attributes).map((one) => [one.local, one.value])) })
    texts.push('')
  })
  const add = (text: string) => {
    const last = texts.length - 1
    if (last >= 0) texts[last] += text
  }
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('closetag', () => {
    leave(path, texts.pop() ?? '')
    path.pop()
  })
  parser.write(xml).close()
}

const isAt = (path: readonly Element[], space: string, names: readonly string[]): boolean =>
  path.length === names.length && names.every((name, i) => path[i]?.name === name && path[i].uri === space)

/** What `/p3/serviceValidate` answered. @throws Error when it is nonsense */
export function readCasAnswer(xml: string): CasAnswer {
  let failure: string | null = null
  const users: string[] = []
  const attributes: Record<string, string[]> = {}
  walk(xml, (path, text) => {
    if (isAt(path, casSpace, ['serviceResponse', 'authenticationFailure'])) failure = path[1]?.attributes['code'] ?? 'UNKNOWN'
    if (isAt(path, casSpace, ['serviceResponse', 'authenticationSuccess', 'user'])) users.push(text.trim())
    const name = path[3]?.name
    if (
      path.length === 4 &&
      name !== undefined &&
      isAt(path.slice(0, 3), casSpace, ['serviceResponse', 'authenticationSuccess', 'attributes'])
    )
      (attributes[name] ??= []).push(text.trim())
  })
  if (failure !== null) return { kind: 'failure', code: failure }
  const [user, another] = users
  if (user === undefined || user === '' || another !== undefined) throw new Error('nobody in particular')
  return { kind: 'success', user, attributes }
}

/** The ticket of the session that a logout request ends. @throws Error when it is nonsense */
export function readLogoutRequest(xml: string): string {
  let ticket = ''
  walk(xml, (path, text) => {
    if (isAt(path, samlSpace, ['LogoutRequest', 'SessionIndex'])) ticket = text.trim()
  })
  if (ticket === '') throw new Error('no session')
  return ticket
}
