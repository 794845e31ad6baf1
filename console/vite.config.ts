import { fileURLToPath } from 'node:url'
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

export default defineConfig({
  root: here,
  base: '/',
  plugins: [react(), marked],
  build: {
    outDir: `${here}dist`,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    // What most pages share is one file: else each page start asks for dozens of a few hundred bytes, which also compress less well.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'common', test: /node_modules|console\/(ui|api)\//, minShareCount: 6 }] } },
    },
  },
  server: { proxy: { '/api': service, '/socket.io': { target: service, ws: true } } },
})
