import { z } from 'zod'

/** Of a page, as a site gives it. */
export const webAddress = z.url({ protocol: /^https?$/ }).max(500)

export const isWebAddress = (text: string): boolean => webAddress.safeParse(text).success
