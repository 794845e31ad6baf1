import type { Category, RedirectionRule } from './categories.ts'
import { isWithin, offered } from './category-tree.ts'
import type { Group } from './groups.ts'

/**
 * A category whose tickets go to nobody by themselves: no rule is about it, or those that are name groups in which nobody hears of anything.
 * One that a rule leaves to the desk itself leads there.
 */
export type Unled = { readonly categoryId: string; readonly why: 'no-rule' | 'no-group' }

/** Groups in which somebody hears of what is redirected there: by its list, or one by one. Who has become a user hears of nothing. */
export const reachedGroups = (groups: readonly Pick<Group, 'id' | 'retiredAt' | 'mail' | 'members'>[]): ReadonlySet<string> =>
  new Set(
    groups.filter(({ retiredAt, mail, members }) => retiredAt === null && (mail !== null || members.some(worksFor))).map(({ id }) => id),
  )

const worksFor = ({ part, role }: Group['members'][number]): boolean => part === 'member' && role !== 'user'

/** Those that lead to nobody, wherever and whoever the requester is. One stands for all below it that do for the same reason. */
export function unled(categories: readonly Category[], rules: readonly RedirectionRule[], reached: ReadonlySet<string>): readonly Unled[] {
  const whyOf = (id: string): Unled['why'] | null => {
    const about = rules.filter(({ categoryId }) => categoryId === null || isWithin(categories, id, categoryId))
    if (about.length === 0) return 'no-rule'
    return about.some(({ groupId }) => groupId === null || reached.has(groupId)) ? null : 'no-group'
  }
  return offered(categories)
    .filter(({ tree }) => tree !== 'place')
    .flatMap(({ id, parentId }) => {
      const why = whyOf(id)
      return why === null || (parentId !== null && whyOf(parentId) === why) ? [] : [{ categoryId: id, why }]
    })
}
