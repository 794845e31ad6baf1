import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Those that take a minute or more: begun last, one of them would be waited for alone. */
const long =
  /\/(server\/typed-commands|faults\/(service-away|standby)|telephony\/(heard|operators)|console\/(whole-day|long-day|accessible|page-calls))\.test\.ts$/

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => long.test(moduleId)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}
