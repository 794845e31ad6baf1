import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomBytes } from 'node:crypto'

type Person = { readonly user: string; readonly attributes: Readonly<Record<string, readonly string[]>> }

const escaped = (text: string) => text.replace(/[<>&"]/g, (c) => `&#${c.charCodeAt(0)};`)

/**
 * Stands for a CAS server, written from the protocol's specification (CAS Protocol 3.0, §2.1, §2.5, §2.3.3): a ticket is for one service,
 * and is validated once.
 */
export class CasPeer {
  readonly #tickets = new Map<string, { readonly service: string; readonly person: Person }>()
  readonly #server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url)
    this.asked.push(pathname)
    if (pathname !== '/cas/p3/serviceValidate') return void response.writeHead(404).end()
    if (this.redirects !== null) return void response.writeHead(302, { location: this.redirects }).end()
    response.writeHead(200, { 'content-type': 'application/xml' })
    response.end(this.says ?? this.#validate(searchParams.get('ticket') ?? '', searchParams.get('service') ?? ''))
  })
  url = ''
  readonly asked: string[] = []
  /** What it answers whatever is asked, when not null. */
  says: string | null = null
  /** Where it sends whoever validates, when not null. */
  redirects: string | null = null

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/cas`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  /** What its sign-in page does for somebody. @param login the address a browser was sent to @returns where it is led back to */
  signIn(login: string, person: Person): { readonly back: string; readonly ticket: string } {
    const { pathname, searchParams } = new URL(login)
    const service = searchParams.get('service')
    if (pathname !== '/cas/login' || service === null) throw new Error(`no sign-in page: ${login}`)
    const ticket = `ST-${randomBytes(12).toString('hex')}`
    this.#tickets.set(ticket, { service, person })
    return { back: `${service}${service.includes('?') ? '&' : '?'}ticket=${ticket}`, ticket }
  }

  /** What it posts to a service when somebody leaves. */
  logoutRequest(ticket: string): string {
    return `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="LR-1" Version="2.0"><saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">@NOT_USED@</saml:NameID><samlp:SessionIndex>${ticket}</samlp:SessionIndex></samlp:LogoutRequest>`
  }

  #validate(ticket: string, service: string): string {
    const found = this.#tickets.get(ticket)
    this.#tickets.delete(ticket)
    const body =
      found === undefined
        ? `<cas:authenticationFailure code="INVALID_TICKET">Ticket ${escaped(ticket)} not recognized</cas:authenticationFailure>`
        : found.service !== service
          ? '<cas:authenticationFailure code="INVALID_SERVICE">Another service</cas:authenticationFailure>'
          : this.#success(found.person)
    return `<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">${body}</cas:serviceResponse>`
  }

  #success({ user, attributes }: Person): string {
    const lines = Object.entries(attributes).flatMap(([name, list]) => list.map((value) => `<cas:${name}>${escaped(value)}</cas:${name}>`))
    return `<cas:authenticationSuccess><cas:user>${escaped(user)}</cas:user><cas:attributes>${lines.join('')}</cas:attributes></cas:authenticationSuccess>`
  }
}
