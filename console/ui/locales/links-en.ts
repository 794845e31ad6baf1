import type { linksFr } from './links-fr.ts'

/** The texts of tickets’ links, in English. */
export const linksEn: typeof linksFr = {
  heading: 'Links',
  none: 'This ticket is not linked to any other.',
  add: 'Link to a ticket',
  kind: 'This ticket',
  number: 'Ticket number',
  save: 'Link',
  remove: 'Unlink from no.\u00a0{{number}}',
  removed: 'Link removed.',
  added: 'Linked to no.\u00a0{{number}}.',
  kinds: { 'child-of': 'is a child of', 'same-cause': 'has the same cause as', 'duplicate-of': 'is a duplicate of', follows: 'follows' },
  inward: {
    'child-of': 'is the parent of',
    'same-cause': 'has the same cause as',
    'duplicate-of': 'has as a duplicate',
    follows: 'is followed by',
  },
  children_one: '{{count}} request attached',
  children_other: '{{count}} requests attached',
  informed: '{{informed}} of {{count}} told of the end',
  light: 'attached',
  waits: 'Waits for ticket no.\u00a0{{number}} to end',
  linked: {
    'child-of': { outward: 'attached this ticket to no.\u00a0{{number}}', inward: 'attached no.\u00a0{{number}}' },
    'same-cause': { outward: 'noted the same cause as no.\u00a0{{number}}', inward: 'noted the same cause as no.\u00a0{{number}}' },
    'duplicate-of': { outward: 'noted a duplicate of no.\u00a0{{number}}', inward: 'noted no.\u00a0{{number}} as a duplicate' },
    follows: { outward: 'noted it as following no.\u00a0{{number}}', inward: 'noted no.\u00a0{{number}} as what follows' },
  },
  unlinked: {
    'child-of': { outward: 'detached this ticket from no.\u00a0{{number}}', inward: 'detached no.\u00a0{{number}}' },
    'same-cause': { outward: 'removed the link with no.\u00a0{{number}}', inward: 'removed the link with no.\u00a0{{number}}' },
    'duplicate-of': { outward: 'removed the link with no.\u00a0{{number}}', inward: 'removed the link with no.\u00a0{{number}}' },
    follows: { outward: 'removed the link with no.\u00a0{{number}}', inward: 'removed the link with no.\u00a0{{number}}' },
  },
  joinedMany_one: 'attached {{count}} request',
  joinedMany_other: 'attached {{count}} requests',
}
