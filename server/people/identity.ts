/*
 * A code proves that whoever calls reads the mail of an address that the directory knows: short-lived, few tries, one at a time.
 */
export const codeLivesMs = 10 * 60_000
export const mostTries = 3
/** Codes for one person within the hour: beyond, somebody is guessing, or the mail does not arrive. */
export const mostCodesPerHour = 4

export type Check = { readonly tries: number; readonly expiresAt: number; readonly outcome: 'verified' | 'failed' | 'replaced' | null }
export type CheckState = 'pending' | 'verified' | 'failed' | 'expired'

/** @param now in ms; a check that was replaced by a later one is of no use either */
export function stateOf({ outcome, expiresAt }: Check, now: number): CheckState {
  if (outcome === 'verified' || outcome === 'failed') return outcome
  return outcome === 'replaced' || expiresAt <= now ? 'expired' : 'pending'
}

/** What a code that was keyed in makes of a check that is pending. */
export function judged({ tries }: Check, right: boolean): { readonly tries: number; readonly outcome: 'verified' | 'failed' | null } {
  const tried = tries + 1
  return { tries: tried, outcome: right ? 'verified' : tried >= mostTries ? 'failed' : null }
}

/** `claire.dubois@univ.example` → `c•••s@univ.example`: enough to ask « do you read it? », too little to learn it. */
export function masked(address: string): string {
  const at = address.lastIndexOf('@')
  const name = address.slice(0, at)
  return `${name.slice(0, 1)}•••${name.length > 2 ? name.slice(-1) : ''}${address.slice(at)}`
}

const grouped = (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`
/** The code as people read it aloud, wherever it stands in a text, made unreadable. */
export const withoutCode = (text: string): string => text.replace(/\b\d{3} \d{3}\b/g, '••• •••')

/** @param desk the desk's name @param operator who asked for it */
export function codeMail(
  code: string,
  { desk, operator, time }: { readonly desk: string; readonly operator: string; readonly time: string },
) {
  return {
    subject: `${desk} : votre code de vérification`,
    text: [
      'Bonjour,',
      `${operator} (${desk}) s’assure de parler avec vous. Lisez-lui ce code :`,
      grouped(code),
      `Il sert une fois, jusqu’à ${time}.`,
      'Si vous n’êtes pas au téléphone avec nous, quelqu’un se fait peut-être passer pour vous : ne donnez ce code à personne et prévenez-nous.',
      'Cordialement.',
    ].join('\n'),
  }
}
