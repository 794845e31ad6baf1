import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Play a scene of this folder in a network of its own, where ICE, which passes loopback by, finds an address. @returns what it wrote last */
export function inOwnNetwork<T>(scene: string): Promise<T> {
  const child = spawn('sh', [here('own-network.sh'), process.execPath, here(scene)])
  let [out, problems] = ['', '']
  child.stdout.on('data', (data: Buffer) => (out += data.toString('utf8')))
  child.stderr.on('data', (data: Buffer) => (problems += data.toString('utf8')))
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      const last = out.trim().split('\n').at(-1) ?? ''
      if (code === 0) resolve(JSON.parse(last) as T)
      else reject(new Error(`the scene ended with ${code}\n${problems}`))
    })
  })
}
