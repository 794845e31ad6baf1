import { fr } from '../ui/locales/fr.ts'

/** What one may pause for, the usual one first. */
export const usePauseReasons = (): readonly string[] => Object.values(fr.state.reasons)
