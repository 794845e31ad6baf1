import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Those that take a minute or more of the processor: begun last, one of them would be waited for alone. Calls have none: there are enough of
 * them, and the longest begun together start a dozen services in one moment.
 */
const long = /\/(server\/typed-commands|console\/(whole-day|long-day|accessible|page-calls))\.test\.ts$/

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => long.test(moduleId)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}
