import type { DeskLine } from '../support/desk-line.ts'
import { openLine } from './line.ts'
import { openSides, type Sides } from './sides.ts'

type Beside = { readonly line: DeskLine; readonly sides: Sides }

/** The desk lines that measures share, one at a time: what stands idle beside would cost those under measure. */
export class Lines {
  #plain: DeskLine | null = null
  #beside: Beside | null = null

  async plain(): Promise<DeskLine> {
    if (this.#plain !== null) return this.#plain
    await this.close()
    this.#plain = await openLine()
    return this.#plain
  }

  async beside(): Promise<Beside> {
    if (this.#beside !== null) return this.#beside
    await this.close()
    const line = await openLine()
    try {
      this.#beside = { line, sides: await openSides(line) }
      return this.#beside
    } catch (error) {
      await line.close()
      throw error
    }
  }

  async close(): Promise<void> {
    const lines = [this.#plain, this.#beside?.line ?? null]
    this.#plain = null
    this.#beside = null
    for (const line of lines) await line?.close()
  }
}
