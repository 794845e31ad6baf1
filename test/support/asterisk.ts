import { type OwnAsterisk, startAsterisk } from '../../server/supervisor/asterisk.ts'
import type { SipSecurity } from '../../server/supervisor/asterisk-config.ts'
import { cacheDir } from '../../server/supervisor/asterisk-root.ts'
import type { Announcement } from '../../server/sounds/prepare.ts'
import { removeTestFolder, testFolder } from './folders.ts'
import { quiet } from './quiet.ts'

export type TestAsterisk = OwnAsterisk & {
  /** As a service would be given it by VAR_DIR. */
  readonly varDir: string
}

export const inTheClear: SipSecurity = { tls: null, srtp: 'off', trunkTls: false }

/**
 * A real Asterisk of a test file's own, on free ports of loopback, in about a second. `stop` ends it and removes its folder.
 * @param options.trunk `host:port` of the SIPp that plays the site's exchange
 * @param options.varDir an earlier one's folder, to adopt or replace what it left
 */
export async function startTestAsterisk(
  options: {
    trunk?: string | readonly string[]
    demo?: boolean
    announcements?: readonly Announcement[]
    varDir?: string
    callsPerNumber?: number
    security?: SipSecurity
  } = {},
): Promise<TestAsterisk> {
  const varDir = options.varDir ?? testFolder()
  const asterisk = await startAsterisk({
    varDir,
    sipHost: '127.0.0.1',
    sipPort: 0,
    sipTrunk: options.trunk === undefined ? [] : typeof options.trunk === 'string' ? [options.trunk] : options.trunk,
    // Tests' crowds call from one number.
    callsPerNumber: options.callsPerNumber ?? 1_000,
    security: options.security ?? inTheClear,
    demo: options.demo ?? true,
    announcements: options.announcements ?? [],
    cache: cacheDir(process.env),
    searchPath: process.env['PATH'] ?? '',
    log: quiet,
  })
  return {
    ...asterisk,
    varDir,
    stop: async () => {
      await asterisk.stop()
      removeTestFolder(varDir)
    },
  }
}
