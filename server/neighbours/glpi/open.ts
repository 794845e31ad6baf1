import type { GlpiOpen } from '../../contract/glpi.ts'
import { numberOf, stringOf, ticketUrl, type GlpiClient } from './client.ts'
import { userOf } from './tell.ts'
import { titleFrom } from './texts.ts'

/** Of GLPI's own options of tickets, the same in all its versions. */
const requesterOption = 4
const statusOption = 12
const most = 20

export type OpenInGlpi = readonly Omit<GlpiOpen['tickets'][number], 'number'>[]

/** What somebody has open there, the latest first; empty when GLPI does not know them. */
export async function openInGlpi(
  client: GlpiClient,
  address: string,
  { login, email }: { readonly login: string | null; readonly email: string | null },
): Promise<OpenInGlpi> {
  const user = await userOf(client, login, email)
  if (user === null) return []
  const [id, name, status, date] = await Promise.all(
    ['id', 'name', 'status', 'date'].map((field) => client.option('Ticket', 'glpi_tickets', field)),
  )
  if (id === undefined || name === undefined || status === undefined || date === undefined) return []
  const rows = await client.search(
    'Ticket',
    [
      { field: requesterOption, searchtype: 'equals', value: String(user) },
      // Neither solved nor closed, in GLPI's own word.
      { field: statusOption, searchtype: 'equals', value: 'notold' },
    ],
    [id, name, status, date],
    { sort: date, order: 'DESC', most },
  )
  return rows.flatMap((row) => {
    const [glpiId, state] = [numberOf(row[String(id)]), numberOf(row[String(status)])]
    if (glpiId === null) return []
    return [
      {
        id: glpiId,
        title: titleFrom(stringOf(row[String(name)])),
        status: state !== null && state >= 1 && state <= 6 ? state : 1,
        openedAt: stringOf(row[String(date)]),
        url: ticketUrl(address, glpiId),
      },
    ]
  })
}
