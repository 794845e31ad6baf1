import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))
const service = `http://127.0.0.1:${process.env['PORT'] ?? '8080'}`

/** Each build bears a mark, by which an open page learns that the service has a newer one. */
const marked: Plugin = {
  name: 'build-mark',
  apply: 'build',
  transformIndexHtml: () => [{ tag: 'meta', attrs: { name: 'build', content: Date.now().toString(36) }, injectTo: 'head' }],
}

const worthIt = 1_024

/** Scripts, styles and pictures in words are compressed once, here: the process that carries the calls only sends them. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  closeBundle: () => {
    for (const name of readdirSync(`${here}dist`, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(js|css|svg)$/.test(name)) continue
      const path = join(here, 'dist', name)
      const whole = readFileSync(path)
      if (whole.length < worthIt) continue
      writeFileSync(`${path}.br`, brotliCompressSync(whole))
      writeFileSync(`${path}.gz`, gzipSync(whole, { level: 9 }))
    }
  },
}

const aroundTheDesk =
  /console\/(app\/(account-menu|dial-dialog|duty-|late-|my-account|next-bar|opening-menu|palette|phone-|shortcut-help|state-menu|talks-banner|toasts|wait-alarm|watches)|desk\/(call-card|context|order-menu|parked|saved-card|script|shared-page|supervise-menu|ticket-form)|callbacks\/my-callbacks|disruptions\/band)[^/]*\.tsx$/
const textsOf = (language: string) => `/ui/locales/${language}.ts`

/**
 * The first texts are a file per language, so that nobody reads another's. Which one is wanted only the browser knows: a script of a few
 * words asks for it while the desk itself is still on its way.
 */
const firstTexts: Plugin = {
  name: 'first-texts',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (page, { bundle = {} }) => {
      const fileOf = (language: string) =>
        Object.values(bundle).find((file) => file.type === 'chunk' && file.facadeModuleId?.endsWith(textsOf(language)) === true)?.fileName
      const [fr, en] = [fileOf('fr'), fileOf('en')]
      if (fr === undefined || en === undefined) throw new Error('The first texts are not files of their own.')
      asked = `{const l=document.createElement('link');l.rel='modulepreload';l.href=localStorage.getItem('guichet.language')==='en'?'/${en}':'/${fr}';document.head.append(l)}`
      const name = `assets/first-texts-${createHash('sha256').update(asked).digest('hex').slice(0, 8)}.js`
      askedName = name
      return page.replace('<script type="module"', `<script async src="/${name}"></script>\n    <script type="module"`)
    },
  },
  closeBundle: () => writeFileSync(`${here}dist/${askedName}`, asked),
}
let [asked, askedName] = ['', '']

export default defineConfig({
  root: here,
  base: '/',
  plugins: [react(), marked, firstTexts, compressed],
  build: {
    outDir: `${here}dist`,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    rolldownOptions: {
      // Schemas check what comes in at the server's door; the console shares their types and words, and carries only those it uses.
      treeshake: { manualPureFunctions: ['z'] },
      output: {
        codeSplitting: {
          // Each takes with it all it needs that those before have not: files that import each other round in a circle run in an order
          // that the network decides, and fail for good when it is the wrong one.
          groups: [
            // The desk and all it needs to show: one file, asked for at once.
            { name: 'desk', tags: ['$initial'], priority: 4 },
            // A few hundred bytes each: apart, their names alone would weigh more in the first view.
            { name: 'icons', test: /node_modules\/@tabler\//, priority: 3 },
            // What several pages share: else each page start asks for dozens of a few hundred bytes, which also compress less well.
            { name: 'common', test: /node_modules|console\/(ui|api)\//, minShareCount: 4, priority: 2 },
            // What stands around the desk and opens over it, which comes right after: one file instead of a hundred requests.
            { name: 'around', test: aroundTheDesk, priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': service, '/socket.io': { target: service, ws: true }, '/telephone': { target: service, ws: true } } },
})
