import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))
const service = `http://127.0.0.1:${process.env['PORT'] ?? '8080'}`

export default defineConfig({
  root: here,
  base: '/',
  plugins: [react()],
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
