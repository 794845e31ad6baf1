import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The project's folder. As sources and as the bundle (`built/`), this module stands one folder below it. */
const root = join(import.meta.dirname, '..')

/** A path within the project, wherever its code runs from. */
export const inProject = (...path: readonly string[]): string => join(root, ...path)

export const version = (JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { version: string }).version
