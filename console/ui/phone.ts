const french = /^\+33([1-9])(\d{2})(\d{2})(\d{2})(\d{2})$/

/** A normalised number as it is read in France: `+33561551234` → `05 61 55 12 34`, `ext:4242` → `4242`; empty when there is none. */
export function phoneShown(normalised: string | undefined): string {
  if (normalised === undefined) return ''
  if (normalised.startsWith('ext:')) return normalised.slice(4)
  return normalised.replace(french, '0$1 $2 $3 $4 $5')
}
