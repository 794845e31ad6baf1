import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { entityPath, wholeEntity } from '../../server/contract/partition.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { moveTicket } from '../api/partition.ts'
import { sessionQuery, type TicketPage } from '../api/queries.ts'
import { settingsQuery } from '../api/settings.ts'
import { Failure } from './failure.tsx'
import { useCommand } from './use-command.ts'

/** Which part of the university it belongs to; nothing at all where there is but the whole. */
export function EntityField({ ticket: { number, entityId } }: { readonly ticket: TicketPage }) {
  const { t } = useTranslation()
  const entities = useQuery(settingsQuery).data?.entities.value.entities ?? []
  const session = useQuery(sessionQuery).data ?? null
  const { run, busy, failure } = useCommand()
  if (entities.length === 0) return null
  const here = entityId ?? wholeEntity
  const name = (id: string) => entityPath(entities, id) || t('entities.whole')
  const offered = entities.filter(({ id, retired }) => !retired || id === here).map(({ id }) => ({ value: id, label: name(id) }))
  return (
    <>
      <dt>{t('entities.label')}</dt>
      <dd>
        {session !== null && mayCall(session, 'PUT /api/tickets/:number/entity') ? (
          <Select
            size="xs"
            aria-label={t('entities.move', { number })}
            data={[{ value: wholeEntity, label: t('entities.whole') }, ...offered]}
            value={here}
            searchable
            allowDeselect={false}
            disabled={busy}
            onChange={(to) =>
              to !== null && to !== here && run(() => moveTicket(number, to), t('entities.moved', { number, name: name(to) }))
            }
          />
        ) : (
          name(here)
        )}
        {failure !== null && <Failure text={failure} />}
      </dd>
    </>
  )
}
