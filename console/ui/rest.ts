import { allTexts } from './i18n.ts'
import styles from './mantine-later.css?url'

let sheet: Promise<void> | null = null

/** The sheet goes before all others, as it would stand in one with them. */
function allStyles(): Promise<void> {
  sheet ??= new Promise((done, failed) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = styles
    link.addEventListener('load', () => done())
    link.addEventListener('error', () => {
      sheet = null
      link.remove()
      failed(new Error(`${styles} did not come`))
    })
    document.head.prepend(link)
  })
  return sheet
}

/** What a page or a dialogue is fetched with: itself, and the texts and styles that the first view left out. */
export async function withTheRest<T>(load: () => Promise<T>): Promise<T> {
  const [part] = await Promise.all([load(), allTexts(), allStyles()])
  return part
}
