import { Fragment, type ReactNode } from 'react'
import { Keys } from '../ui/kbd.tsx'
import { isShortcutKey } from '../../server/contract/shortcut-keys.ts'

/*
 * Our own guide, and no more of Markdown than it uses: headings, paragraphs, lists, one kind of table, **strong**, `keys`. What others
 * write never comes here.
 */

const named: Readonly<Record<string, string>> = { Entrée: 'Enter', Maj: 'Shift' }
/** `Maj B` is a combination of keys; a single one is the reader's own. */
function keysOf(text: string): string | null {
  const parts = text.split(' ').map((part) => named[part] ?? part)
  const last = parts.at(-1) ?? ''
  return parts.every((part) => ['Ctrl', 'Shift', 'Enter'].includes(part) || (part === last && isShortcutKey(part.toLowerCase())))
    ? parts.join('+')
    : null
}

function inline(text: string): ReactNode {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part, i) => {
    if (part.startsWith('**')) return <strong key={i}>{part.slice(2, -2)}</strong>
    if (!part.startsWith('`')) return <Fragment key={i}>{part}</Fragment>
    const keys = keysOf(part.slice(1, -1))
    return keys === null ? <code key={i}>{part.slice(1, -1)}</code> : <Keys key={i} keys={keys} spoken />
  })
}

/** @returns the id by which a heading is reached */
export const slug = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\W+/g, '-')

export function headingsOf(source: string): readonly string[] {
  return [...source.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading)
}

export function Markdown({ source }: { source: string }) {
  const blocks = source.split(/\n{2,}/).filter((block) => block.trim() !== '' && !block.startsWith('# '))
  return blocks.map((block, i) => {
    const rows = block.trim().split('\n')
    const [first = ''] = rows
    if (first.startsWith('## '))
      return (
        <h2 key={i} id={slug(first.slice(3))} tabIndex={-1}>
          {first.slice(3)}
        </h2>
      )
    if (first.startsWith('- '))
      return (
        <ul key={i}>
          {rows.map((row) => (
            <li key={row}>{inline(row.slice(2))}</li>
          ))}
        </ul>
      )
    if (/^\d+\. /.test(first))
      return (
        <ol key={i}>
          {rows.map((row) => (
            <li key={row}>{inline(row.replace(/^\d+\. /, ''))}</li>
          ))}
        </ol>
      )
    if (first.startsWith('|')) return <Table key={i} rows={rows} />
    return <p key={i}>{inline(block.trim())}</p>
  })
}

function Table({ rows }: { rows: readonly string[] }) {
  const cells = rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  const [head = [], , ...body] = cells
  return (
    <table>
      <thead>
        <tr>
          {head.map((cell) => (
            <th key={cell} scope="col">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {body.map((row) => (
          <tr key={row.join()}>
            {row.map((cell) => (
              <td key={cell}>{inline(cell)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
