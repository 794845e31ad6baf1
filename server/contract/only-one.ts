/** Who is behind a number or a call; null when nobody is, or several: then it is nobody in particular. */
export function onlyOne<P>(people: readonly P[]): P | null {
  const [one, other] = people
  return one === undefined || other !== undefined ? null : one
}
