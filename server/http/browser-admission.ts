import type { IncomingMessage } from 'node:http'
import type { Session } from '../contract/http.ts'
import { mayCall } from '../contract/rights.ts'
import type { BrowserPhone } from '../contract/phones.ts'
import { isCrossSite } from './cross-site.ts'

type Ports = {
  readonly authenticate: (cookie: string | undefined) => Promise<Session | null>
  readonly publicUrl: string
  readonly phones: { browser(operatorId: string): BrowserPhone | null }
}

/** Who may be a phone by this request: one of our own pages, signed in, with the right to a phone, who chose the browser. */
export const admitBrowser =
  ({ authenticate, publicUrl, phones }: Ports) =>
  async (request: IncomingMessage): Promise<{ readonly accountId: string; readonly login: string } | null> => {
    if (isCrossSite(request.headers, publicUrl)) return null
    const session = await authenticate(request.headers.cookie)
    if (session === null || !mayCall(session, 'GET /api/operators/me/phone/browser')) return null
    const account = phones.browser(session.id)
    return account === null ? null : { accountId: session.id, login: account.login }
  }
