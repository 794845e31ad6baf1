/** What was found of one part of a site; `said` is one French sentence, with what to do when there is something to do. */
export type Finding = { readonly what: string; readonly state: 'well' | 'watch' | 'mend'; readonly said: string }

export const well = (what: string, said: string): Finding => ({ what, state: 'well', said })
export const watch = (what: string, said: string): Finding => ({ what, state: 'watch', said })
export const mend = (what: string, said: string): Finding => ({ what, state: 'mend', said })

const marks = { well: '✓', watch: '!', mend: '✗' } as const

/** The report, one line per finding; the last line counts. */
export function report(findings: readonly Finding[]): string {
  const count = (state: Finding['state']) => findings.filter((f) => f.state === state).length
  const lines = findings.map(({ what, state, said }) => `${marks[state]} ${what} : ${said}`)
  return `${lines.join('\n')}\n${findings.length} points vérifiés, ${count('mend')} à corriger, ${count('watch')} à surveiller.\n`
}

/** @returns why something failed, short and without an address's password. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return [...new Set(error.errors.map(reasonOf))].join(', ')
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/:\/\/[^\s@/]*@/g, '://').split('\n')[0] ?? ''
}
