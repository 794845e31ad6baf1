import type { Drill } from '../drill.ts'
import { calls, since, talking } from '../scene.ts'

const saveMs = 1_000
const ticket = { title: 'Un voisin se tait', requester: { personId: null, name: 'Essai', email: 'essai@univ.example', phone: null } }

/** The directory and the mail server fail in one way, and a call from an unknown number is answered and written as ever. */
export const neighbourDrills: readonly Drill[] = (['down', 'silent', 'slow', 'nonsense'] as const).map((how) => ({
  name: `neighbours.${how}`,
  goalMs: 2_000,
  async run(world, { crowd }) {
    await Promise.all([world.directory.be(how), world.mail.be(how)])
    const began = performance.now()
    const { me, live } = await talking(world, 0)
    const recoveredMs = since(began)
    const asked = performance.now()
    const { status } = await me.ask('POST', '/api/tickets', ticket)
    if (status !== 201 || since(asked) > saveMs) throw new Error(`the save was answered ${status} after ${Math.round(since(asked))} ms`)
    await world.desk.caller({ calls: Math.max(1, crowd), rate: 20 })
    await live.until('the crowd', () => calls(live).filter((call) => call.status === 'waiting').length === Math.max(1, crowd))
    return { lost: live.ended.length, duplicated: 0, recoveredMs }
  },
}))
