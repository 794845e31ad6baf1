import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnnouncementChange, SoundDraft, SpokenLanguage } from '../../server/contract/announcements.ts'
import { bringFile, putInForce, speakText } from '../api/announcements.ts'
import { tellFailure } from '../api/commands.ts'

/** A sound to be heard before it is put in force, and what putting it in force asks for. */
export type Draft = SoundDraft & { readonly change: AnnouncementChange }

export type Drafting = {
  readonly draft: Draft | null
  readonly busy: boolean
  readonly speak: (text: string) => void
  readonly bring: (file: File) => void
  /** What a telephone recorded. */
  readonly recorded: (draft: SoundDraft) => void
  readonly forget: () => void
  readonly accept: () => void
  readonly goBack: (version: number) => void
}

/** One side of an announcement being changed. Nothing is heard by callers before `accept` or `goBack`. */
export function useDraft(name: string, title: string, language: SpokenLanguage): Drafting {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Draft | null>(null)
  const [busy, setBusy] = useState(false)

  async function doing(work: () => Promise<void>): Promise<void> {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      tellFailure(error, title)
    } finally {
      setBusy(false)
    }
  }
  const inForce = (change: AnnouncementChange) =>
    doing(async () => {
      await putInForce(name, language, change)
      setDraft(null)
      notifications.show({
        title: t('announcements.accepted', { what: title }),
        message: t('announcements.acceptedText'),
        withBorder: true,
        autoClose: 4_000,
      })
    })
  const recorded = (brought: SoundDraft) => setDraft({ ...brought, change: { recording: brought.sound } })
  return {
    draft,
    busy,
    recorded,
    speak: (text) => void doing(async () => setDraft({ ...(await speakText(name, language, text)), change: { text } })),
    bring: (file) => void doing(async () => recorded(await bringFile(file))),
    forget: () => setDraft(null),
    accept: () => {
      if (draft !== null) void inForce(draft.change)
    },
    goBack: (version) => void inForce({ version }),
  }
}
