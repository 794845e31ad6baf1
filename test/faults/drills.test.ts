import { afterAll, beforeAll, expect, test } from 'vitest'
import { drills } from './drills.ts'
import { tryDrill } from './run-drill.ts'
import { openWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const size = { crowd: 3, writes: 200, silenceMs: 6_000 }
/** What service-away.test.ts does not show already, and one of each family. */
const short = drills.filter(({ name }) => !/^service\.(frozen|killed\.(ringing|talking|wrap-up))/.test(name))

test.each(short.map((drill) => [drill.name, drill] as const))(
  '%s: nobody is lost, nothing doubled, nothing left behind',
  async (_, drill) => {
    const tried = await tryDrill(world, drill, size, 4, 0)
    expect(tried).toMatchObject({ failure: null, orphans: [], outcome: { lost: 0, duplicated: 0 } })
  },
  120_000,
)
