import { z } from 'zod'

/** Where a page that calls is connected; nothing but its own one call passes there. */
export const pageCallPath = '/appel/ligne'

const token = z.string().max(200)
/** A browser's offer of sound, and nothing else; so many addresses at most are ever tried. */
const soundOffer = z
  .string()
  .max(16_000)
  .refine(
    (sdp) =>
      sdp.startsWith('v=0\r\n') &&
      (sdp.match(/^m=/gm) ?? []).length === 1 &&
      /^m=audio /m.test(sdp) &&
      /^a=fingerprint:/m.test(sdp) &&
      (sdp.match(/^a=candidate:/gm) ?? []).length <= 40,
  )
/** What a page says. `after`: the token of the call that it lost by being loaded anew. `back`: its connection was lost, the call goes on. */
export const fromPage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), token, offer: soundOffer, after: token.optional() }),
  z.object({ type: z.literal('back'), token }),
  z.object({ type: z.literal('end') }),
])
export type FromCallingPage = z.infer<typeof fromPage>

/** Where the caller is, in words. `seconds`: since it began; of the conversation, once there is one. */
export type PageCallView = {
  readonly state: 'ringing' | 'waiting' | 'message' | 'talking' | 'ending'
  readonly title: string
  readonly hint: string
  readonly said: readonly { readonly text: string; readonly lang: 'fr' | 'en' }[]
  readonly choices: readonly { readonly key: string; readonly label: string }[]
  /** Figures are asked for. */
  readonly figures: boolean
  readonly seconds: number
}
/** What a page is told. `refused` and `over` are the last. */
export type ToCallingPage =
  | { readonly type: 'answer'; readonly sdp: string }
  | ({ readonly type: 'state' } & PageCallView)
  | { readonly type: 'refused' | 'over'; readonly text: string }
