import { createHmac } from 'node:crypto'
import { type Ari, segment } from './ari.ts'

/** What Asterisk knows calls from pages by. */
export const pageAccount = 'page'

export const pagePassword = (key: string): string => createHmac('sha256', key).update('page call password').digest('base64url')

/** Give Asterisk the account by which the service calls for pages: it reaches the desk and nothing else. */
export async function givePageAccount(ari: Ari, password: string): Promise<void> {
  const put = (kind: string, fields: Readonly<Record<string, string>>) =>
    ari.request(
      'PUT',
      `/asterisk/config/dynamic/res_pjsip/${kind}/${segment(pageAccount)}`,
      {},
      { fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })) },
    )
  await put('auth', { auth_type: 'userpass', username: pageAccount, password })
  await put('endpoint', {
    auth: pageAccount,
    context: 'page',
    webrtc: 'yes',
    disallow: 'all',
    allow: '!all,alaw,ulaw',
    direct_media: 'no',
    dtmf_mode: 'auto',
    rewrite_contact: 'yes',
    language: 'fr',
    tone_zone: 'fr',
    allow_transfer: 'no',
    allow_subscribe: 'no',
    send_connected_line: 'no',
    trust_id_inbound: 'no',
    timers: 'no',
    // A browser sends sound all the time, silence included.
    rtp_timeout: '20',
    rtp_timeout_hold: '20',
  })
}
