import classes from './article-body.module.css'

/** What an article says. The service has cleaned it before it kept it, and the page's policy runs no script that is not a file of ours. */
export function ArticleBody({ html }: { readonly html: string }) {
  return <div className={classes.body} dangerouslySetInnerHTML={{ __html: html }} />
}

/** What it says as text, for a solution that is sent by mail: items of lists numbered or dashed. */
export function articleText(html: string): string {
  const root = new DOMParser().parseFromString(html, 'text/html').body
  const lines: string[] = []
  for (const block of root.querySelectorAll('h2, h3, h4, p, li, tr, pre')) {
    if (block.matches('p') && block.closest('li, td, th') !== null) continue
    const text = (block.textContent ?? '').replace(/\s+/g, ' ').trim()
    if (text === '') continue
    const list = block.matches('li') ? block.parentElement : null
    const place = list === null ? 0 : [...list.children].indexOf(block) + 1
    if (block.matches('tr')) lines.push([...block.children].map((cell) => cell.textContent?.trim()).join(' : '))
    else lines.push(list === null ? text : list.matches('ol') ? `${place}. ${text}` : `- ${text}`)
  }
  return lines.join('\n')
}
