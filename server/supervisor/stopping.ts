export type Stoppable = { stop(): Promise<void> }

/**
 * Stop what was started, the last first; one that fails keeps none of the others running.
 * @throws the first failure, once all the rest has been stopped
 */
export async function stopEach(started: readonly Stoppable[]): Promise<void> {
  const failures: unknown[] = []
  for (const part of started.toReversed()) await part.stop().catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw failures[0]
}
