import { useQuery } from '@tanstack/react-query'
import { settingsQuery } from '../api/settings.ts'
import { pauseReasonsFr } from '../ui/locales/pause-reasons-fr.ts'

const usual = Object.values(pauseReasonsFr)

/** What one may pause for, the usual one first; until the settings have been read, what the service comes with. */
export const usePauseReasons = (): readonly string[] => useQuery(settingsQuery).data?.desk.value.pauseReasons ?? usual
