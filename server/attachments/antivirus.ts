import { execFile } from 'node:child_process'
import { ServiceError } from '../errors.ts'

/** Looks at a file before anybody else does. @throws ServiceError `file_infected`, `antivirus_away` */
export type Scan = (file: string, name: string) => Promise<void>

const longestMs = 60_000

/**
 * The site's antivirus as a command that is given the file's path last: 0 says clean, 1 infected (as clamdscan does), anything else that
 * it could not look.
 * @param command words by spaces, the first is the program
 */
export function antivirus(command: string, log: { warn(about: object, text: string): void }): Scan {
  const [program = '', ...args] = command.trim().split(/\s+/)
  return (file, name) =>
    new Promise((resolve, reject) => {
      execFile(program, [...args, file], { timeout: longestMs, killSignal: 'SIGKILL' }, (error) => {
        if (error === null) return resolve()
        if (error.code === 1) return reject(new ServiceError('file_infected', name))
        log.warn({ reason: error.message.slice(0, 300) }, 'The antivirus could not look at a file')
        reject(new ServiceError('antivirus_away'))
      })
    })
}
