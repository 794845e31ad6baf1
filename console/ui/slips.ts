/** Letters left out, added, wrong or in each other's place that make one word of the other; `most + 1` once there are more. */
function slipsBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, i) => i)
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1]
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1)
      row.push(least)
    }
    beforeLast = last
    last = row
  }
  return last[other.length] ?? most + 1
}

/** A short word with a slip is most often another word. */
const allowedIn = (typed: string) => (typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2)

/**
 * Whether a text may be meant by what is typed, slips forgiven: one in a word of four letters, two from eight on.
 * @param typed one word, perhaps only its beginning; both folded (`folded.ts`)
 */
export function isNearly(typed: string, text: string): boolean {
  if (text.includes(typed)) return true
  const most = allowedIn(typed)
  if (most === 0) return false
  return text.split(/[^\p{L}\p{N}]+/u).some((word) => {
    // Of a longer word, its beginning as long as what is typed, give or take the slips.
    for (let length = Math.max(1, typed.length - most); length <= typed.length + most; length++)
      if ((length <= word.length || length === typed.length) && slipsBetween(typed, word.slice(0, length), most) <= most) return true
    return false
  })
}
