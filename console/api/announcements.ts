import { queryOptions } from '@tanstack/react-query'
import type {
  AnnouncementChange,
  AnnouncementHistory,
  AnnouncementList,
  AnnouncementView,
  PhoneProgress,
  PhoneState,
  PhoneTask,
  SoundDraft,
  SpokenLanguage,
} from '../../server/contract/announcements.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

const pathOf = (name: string, language: SpokenLanguage) => `/announcements/${encodeURIComponent(name)}/${language}`

export const announcementsQuery = queryOptions({
  queryKey: ['announcements', 'list'],
  queryFn: () => request<AnnouncementList>('GET', '/announcements'),
})
export const versionsQuery = (name: string, language: SpokenLanguage) =>
  queryOptions({
    queryKey: ['announcements', 'versions', name, language],
    queryFn: () => request<AnnouncementHistory>('GET', `${pathOf(name, language)}/versions`),
  })
/** The telephones that can be rung, and how far my task at one is. */
export const telephoneQuery = queryOptions({
  queryKey: ['announcements', 'phone'],
  queryFn: () => request<PhoneState>('GET', '/announcements/phone'),
})

/** Where a sound is listened to; its address never means another one. */
export const soundUrl = (address: string): string => `/api/announcements/sounds/${address}`

/** @throws ApiError `unknown_placeholder`, `voice_away` */
export const speakText = (name: string, language: SpokenLanguage, text: string) =>
  request<SoundDraft>('POST', `${pathOf(name, language)}/speech`, { text })
/** @throws ApiError `sound_unreadable`, `sound_empty`, `sound_too_long`, `too_large` */
export const bringFile = (file: Blob) => request<SoundDraft>('POST', '/announcements/recordings', file)

/** @throws ApiError; callers hear it when this resolves */
export async function putInForce(name: string, language: SpokenLanguage, change: AnnouncementChange): Promise<void> {
  await request<AnnouncementView>('PUT', pathOf(name, language), change)
  await queryClient.invalidateQueries({ queryKey: ['announcements'] })
}

/** @throws ApiError `no_phone`, `conflict`, `telephony_away` */
export async function ringTelephone(task: PhoneTask): Promise<PhoneProgress> {
  const begun = await request<PhoneProgress>('POST', '/announcements/phone', task)
  await queryClient.invalidateQueries({ queryKey: telephoneQuery.queryKey })
  return begun
}
export const letTelephoneGo = () => request<null>('DELETE', '/announcements/phone')
