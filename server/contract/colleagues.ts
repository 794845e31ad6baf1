import { z } from 'zod'

/** Who works here, as they are named in a line: « @Nadia Roussel », or « @nadia ». */
export const colleagues = z.array(z.object({ id: z.string(), name: z.string(), login: z.string() }))
export type Colleagues = z.infer<typeof colleagues>
/** The names of those who write on a ticket at this moment, without whoever asks. */
export const writers = z.object({ others: z.array(z.string()) })
export type Writers = z.infer<typeof writers>
