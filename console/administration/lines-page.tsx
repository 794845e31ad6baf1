import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LineSettings } from '../../server/contract/settings.ts'
import { History } from './history.tsx'
import { Line } from './line.tsx'
import { newLine, problemOf } from './lines.ts'
import classes from './lines-page.module.css'
import { SaveBar } from './save-bar.tsx'
import { useSettings } from './use-settings.ts'

const mostLines = 5

/** The lines by which the desk is called, the usual one first. */
export default function LinesPage() {
  const { t } = useTranslation()
  const editing = useSettings('lines')
  if (editing === null) return null
  const { lines } = editing.value
  const change = (id: string, changed: LineSettings | null) =>
    editing.edit({ lines: lines.flatMap((line) => (line.id === id ? (changed ?? []) : line)) })
  return (
    <>
      <p className={classes.says}>{t('lines.says')}</p>
      {lines.map((line, i) => (
        <Line
          key={line.id}
          line={line}
          alone={lines.length === 1}
          onChange={(changed) => change(line.id, changed)}
          {...(i > 0 && { onRemove: () => change(line.id, null) })}
        />
      ))}
      <div className={classes.foot}>
        {lines.length < mostLines && (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} stroke={1.7} />}
            onClick={() => editing.edit({ lines: [...lines, newLine()] })}
          >
            {t('lines.add')}
          </Button>
        )}
      </div>
      <SaveBar {...editing} problem={problemOf(lines, t)} />
      <History editing={editing} />
    </>
  )
}
