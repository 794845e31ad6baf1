import { type Browser, chromium } from 'playwright-core'

const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']

/** Chromium's own engine without what only a screen, sound and a person's keys need: pages take a third less of the processor. */
export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: '/usr/bin/chromium-headless-shell', args })

/** Chromium whole, as people have it: for sound, passkeys and what is measured. */
export const openWholeChromium = (more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: '/usr/bin/chromium', args: [...args, ...more] })
