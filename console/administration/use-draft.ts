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
  readonly forget: () => void
  readonly accept: () => void
  readonly goBack: (version: number) => void
}

const recording = (brought: SoundDraft): Draft => ({ ...brought, change: { recording: brought.sound } })

/**
 * One side of an announcement being changed. Nothing is heard by callers before `accept` or `goBack`.
 * @param recorded what a telephone brought, until `onForget`
 */
export function useDraft(
  side: { readonly name: string; readonly title: string; readonly language: SpokenLanguage },
  recorded: SoundDraft | null,
  onForget: () => void,
): Drafting {
  const { name, title, language } = side
  const { t } = useTranslation()
  const [own, setOwn] = useState<Draft | null>(null)
  const draft = own ?? (recorded === null ? null : recording(recorded))
  const forget = () => {
    setOwn(null)
    onForget()
  }
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
      forget()
      notifications.show({
        title: t('announcements.accepted', { what: title }),
        message: t('announcements.acceptedText'),
        withBorder: true,
        autoClose: 4_000,
      })
    })
  return {
    draft,
    busy,
    speak: (text) => void doing(async () => setOwn({ ...(await speakText(name, language, text)), change: { text } })),
    bring: (file) => void doing(async () => setOwn(recording(await bringFile(file)))),
    forget,
    accept: () => {
      if (draft !== null) void inForce(draft.change)
    },
    goBack: (version) => void inForce({ version }),
  }
}
