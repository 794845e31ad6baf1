import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { inProject } from '../../server/project.ts'
import { clearLeftovers, removeTestFolder, testFolder } from '../support/folders.ts'
import { freeTcpPort, freeUdpPorts } from '../support/free-port.ts'
import { ServiceProcess } from '../support/service-process.ts'
import { once } from '../support/sipp.ts'
import { pictureOfDesk } from './desk.ts'

/** `npm run picture -- [FILE]`: what README.md shows, taken anew from the service as `npm start` leaves it. */
const file = process.argv[2] ?? inProject('docs/pictures/desk.webp')

clearLeftovers()
const varDir = testFolder()
const [sip = 0] = await freeUdpPorts(1)
const service = new ServiceProcess({ PORT: String(await freeTcpPort()), SIP_PORT: String(sip), VAR_DIR: varDir })
try {
  await service.start()
  await once(async () => (await service.health())?.status === 'ready', 60_000, 'readiness')
  const picture = await pictureOfDesk(service)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, picture)
  process.stdout.write(`${file}: ${Math.round(picture.length / 1_000)} kB\n`)
} finally {
  await service.stop()
  removeTestFolder(varDir)
}
