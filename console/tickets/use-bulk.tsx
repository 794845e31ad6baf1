import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkOrder, BulkProgress } from '../../server/contract/bulk.ts'
import { tellFailure } from '../api/commands.ts'
import { bulkProgress, startBulk, undoBulk } from '../api/lists.ts'
import { readAgain } from '../api/ticket-life.ts'
import classes from './bulk-bar.module.css'

const lookMs = 350
const mostNamed = 4
const wait = (ms: number) => new Promise((resolve) => window.setTimeout(resolve, ms))

/** One gesture on many tickets: its progress and its « Annuler » stay in sight, whatever page is shown meanwhile. */
export function useBulk() {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  /** @returns whether it has begun: what was typed for it may go then, and not before */
  async function start(numbers: readonly number[], order: BulkOrder): Promise<boolean> {
    const failed = (error: unknown) => tellFailure(error, t('bulk.failedAll'))
    setBusy(true)
    try {
      const begun = await startBulk({ id: crypto.randomUUID(), numbers: [...numbers], order })
      notifications.show(said(t, order, begun))
      void follow(t, order, begun).catch(failed)
      return true
    } catch (error) {
      failed(error)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, start }
}

async function follow(t: TFunction, order: BulkOrder, begun: BulkProgress): Promise<void> {
  let progress = begun
  while (progress.state === 'running' || progress.state === 'undoing') {
    await wait(lookMs)
    progress = await bulkProgress(progress.id)
    notifications.update(said(t, order, progress))
  }
  await readAgain()
}

function said(t: TFunction, order: BulkOrder, progress: BulkProgress) {
  const { id, undoableUntil } = progress
  const over = progress.state === 'done' || progress.state === 'undone'
  const left = undoableUntil === null ? 6_000 : Math.max(1_000, Date.parse(undoableUntil) - Date.now())
  const undo = () => {
    void undoBulk(id).then(
      (next) => {
        notifications.update(said(t, order, next))
        return follow(t, order, next)
      },
      (error: unknown) => tellFailure(error, t('bulk.failedUndo')),
    )
  }
  return {
    id: `bulk-${id}`,
    message: <Said order={order} progress={progress} onUndo={undo} />,
    withBorder: true,
    autoClose: over ? left : false,
  } as const
}

function Said({ order, progress, onUndo }: { readonly order: BulkOrder; readonly progress: BulkProgress; readonly onUndo: () => void }) {
  const { t } = useTranslation()
  const { state, total, done, undone, kept, failed, undoableUntil } = progress
  const through = state === 'undoing' || state === 'undone' ? undone + kept : done + failed.length
  const words =
    state === 'running' || state === 'undoing'
      ? t(state === 'running' ? `bulk.running.${order.do}` : 'bulk.undoing', { done: through, total })
      : state === 'undone'
        ? t('bulk.undone', { count: undone })
        : t(`bulk.done.${order.do}`, { count: done })
  return (
    <div className={classes.toast}>
      <span className="g-num">{words}</span>
      {undoableUntil !== null && (state === 'running' || (state === 'done' && done > 0)) && (
        <Button size="compact-sm" variant="default" onClick={onUndo}>
          {t('messages.undo')}
        </Button>
      )}
      {(state === 'running' || state === 'undoing') && (
        <span className={classes.track} data-drawing aria-hidden="true">
          <i style={{ width: `${total === 0 ? 100 : (through / total) * 100}%` }} />
        </span>
      )}
      {failed.length > 0 && state !== 'undone' && (
        <span className={classes.failed}>
          {t('bulk.refused', { count: failed.length })}{' '}
          {failed
            .slice(0, mostNamed)
            .map(({ number, why }) => why || `n° ${number}`)
            .join(' ; ')}
          {failed.length > mostNamed && '…'}
        </span>
      )}
      {kept > 0 && <span className={classes.failed}>{t('bulk.kept', { count: kept })}</span>}
    </div>
  )
}
