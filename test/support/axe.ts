import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** WCAG 2.2 AA, and what axe holds to be good beside it. */
export const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

type Asked = {
  /** The selector of what is looked at alone; the whole page without it. */
  readonly within?: string | null
  /** By the tags of rules, or by their names; all without it. */
  readonly by?: { readonly type: 'tag' | 'rule'; readonly values: string[] }
}
export type Broken = { readonly id: string; readonly at: string; readonly why: string }

/**
 * The rules that a page breaks, as far as axe can tell. It is brought to a page once, and says what is broken alone: what is kept, told
 * of every element each time, took half of the processor of these tests. No frames here, so none is gathered.
 */
export async function brokenRules(page: Page, { within = null, by }: Asked): Promise<Broken[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(
    async ({ root, only }) => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(root === null ? document : { include: [[root]] }, {
        ...only,
        resultTypes: ['violations'],
      })
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => ({ id, at: target.join(' '), why: failureSummary ?? '' })),
      )
    },
    { root: within, only: by === undefined ? {} : { runOnly: by } },
  )
}
