import type { LightMyRequestResponse } from 'fastify'
import type { TestHttp } from './service.ts'

/** A browser without scripts, reading one page after the other: it keeps cookies, and sends forms as they are. */
export class Visitor {
  readonly #service: TestHttp
  readonly #cookies = new Map<string, string>()
  constructor(service: TestHttp) {
    this.#service = service
  }

  #kept(answer: LightMyRequestResponse): LightMyRequestResponse {
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    return answer
  }

  get #headers() {
    return { cookie: [...this.#cookies].map(([n, v]) => `${n}=${v}`).join('; '), origin: 'http://127.0.0.1:8080', host: '127.0.0.1:8080' }
  }

  async get(url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.#kept(await this.#service.app.inject({ method: 'GET', url, headers: { ...this.#headers, ...headers } }))
  }

  /** A form without files. */
  async post(url: string, fields: Readonly<Record<string, string>>, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    const payload = new URLSearchParams(fields).toString()
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return this.#kept(await this.#service.app.inject({ method: 'POST', url, headers: { ...this.#headers, ...type, ...headers }, payload }))
  }

  /** A form with files, as browsers send it. */
  async send(
    url: string,
    fields: readonly (readonly [string, string])[],
    files: readonly { name: string; bytes: Buffer }[] = [],
  ): Promise<LightMyRequestResponse> {
    const edge = '----edge-of-the-tests'
    const parts = [
      ...fields.map(([name, value]) => Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)),
      ...files.map(({ name, bytes }) =>
        Buffer.concat([
          Buffer.from(
            `--${edge}\r\ncontent-disposition: form-data; name="fichiers"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
          ),
          bytes,
          Buffer.from('\r\n'),
        ]),
      ),
      Buffer.from(`--${edge}--\r\n`),
    ]
    const headers = { ...this.#headers, 'content-type': `multipart/form-data; boundary=${edge}` }
    return this.#kept(await this.#service.app.inject({ method: 'POST', url, headers, payload: Buffer.concat(parts) }))
  }

  signIn = (login: string, password: string) => this.post('/connexion', { identifiant: login, mot_de_passe: password, vers: '/demandes' })

  /** What a page's hidden fields hold. */
  static hidden(page: string, name: string): string {
    return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
  }
}
