import { z } from 'zod'
import { webAddress } from './web-address.ts'

/** Where a remote-control tool is: a page, or its own scheme (`anydesk:…`); nothing that a browser would run. */
const toolAddress = z
  .string()
  .trim()
  .max(500)
  .regex(/^(?!javascript:|data:|vbscript:|file:|blob:)[a-z][a-z0-9+.-]*:[^\s"<>]+$/i)
/** A picture as browsers draw it, by its first bytes too: a drawing that could hold a script is none. */
const picture = z
  .string()
  .max(60_000)
  .regex(/^data:image\/(png;base64,iVBORw0KGgo|jpeg;base64,\/9j\/|webp;base64,UklGR)[A-Za-z0-9+/]*={0,2}$/)

/** What the site says of its own accessibility. `none`: not audited, which the law calls not compliant. */
const accessibilityStatement = z.object({
  state: z.enum(['none', 'partial', 'full']).default('none'),
  /** By whom, when, and how much held, in the site's words. */
  audit: z.string().trim().min(1).max(500).nullable().default(null),
  /** A mail address or a web page; null: the desk itself. */
  contact: z
    .union([z.email().max(254), webAddress])
    .nullable()
    .default(null),
})
export type AccessibilityStatement = z.infer<typeof accessibilityStatement>

/** The users' side. */
export const portalSettings = z.object({
  /** What a request may be about, in the users' words; not the categories that operators sort by. */
  qualifications: z
    .array(z.string().trim().min(1).max(60))
    .max(30)
    .default([
      'Mon compte, mon mot de passe',
      'Ma messagerie',
      'Mon ordinateur',
      'Le réseau, le Wi-Fi',
      'Une imprimante',
      'Un logiciel',
      'Une salle de cours',
      'Le téléphone',
    ]),
  /** Shown beside the desk's name, in the console and to users; null: the mark of this software. */
  logo: picture.nullable().default(null),
  /** Where deaf people call through. */
  relayUrl: webAddress.nullable().default(null),
  links: z
    .array(z.object({ name: z.string().trim().min(1).max(80), url: webAddress }))
    .max(20)
    .default([]),
  /** Sites whose pages may show the desk in a frame: `https://ent.univ.example`. */
  frames: z
    .array(z.string().regex(/^https?:\/\/[a-z0-9.*-]+(:\d{1,5})?$/))
    .max(20)
    .default([]),
  /** Whether people who are not signed in may make a request. */
  guests: z.boolean().default(true),
  /** How many may choose to be called back within the same half hour; 0: nobody is asked. */
  callbacksPerSlot: z.int().min(0).max(50).default(2),
  /** Calling from the page, and how many may at once: others are shown the number. */
  pageCalls: z
    .object({ offered: z.boolean().default(true), atOnce: z.int().min(1).max(50).default(4) })
    .default({ offered: true, atOnce: 4 }),
  accessibility: accessibilityStatement.default({ state: 'none', audit: null, contact: null }),
  /** The tool of remote control in place, as the caller and as the operator open it; `{code}` stands for what names their session,
   * `{ticket}` for the number, `{person}` for their login, `{machine}` for its name (`remote.ts`). */
  remote: z
    .object({ caller: toolAddress.nullable().default(null), operator: toolAddress.nullable().default(null) })
    .default({ caller: null, operator: null }),
})
export type PortalSettings = z.infer<typeof portalSettings>
