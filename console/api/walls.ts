import { queryOptions } from '@tanstack/react-query'
import type { WallRow, WallSettings } from '../../server/contract/walls.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

/** Asked again, since screens come and go by themselves. */
export const wallsQuery = queryOptions({ queryKey: ['walls'], queryFn: () => request<WallRow[]>('GET', '/walls'), refetchInterval: 15_000 })

const thenReread = async (command: Promise<unknown>): Promise<void> => {
  await command
  await queryClient.invalidateQueries({ queryKey: wallsQuery.queryKey })
}

export const addWall = (settings: WallSettings) => thenReread(request('POST', '/walls', settings))
export const changeWall = (id: string, settings: WallSettings) => thenReread(request('PUT', `/walls/${id}`, settings))
export const revokeWall = (id: string) => thenReread(request('DELETE', `/walls/${id}`))
