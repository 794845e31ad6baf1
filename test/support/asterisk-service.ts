import { startTestAsterisk } from './asterisk.ts'

/** A service of its own process, to be killed. */
const trunk = 30_000 + (process.pid % 2_000)
const { varDir, sip, pid } = await startTestAsterisk({ trunk: `127.0.0.1:${trunk}` })
process.send?.({ varDir, sip, pid: pid(), trunk })
process.on('disconnect', () => {})
setInterval(() => {}, 60_000)
