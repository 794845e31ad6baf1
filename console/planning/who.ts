/** Who looks at the rota: whether they may be put down, and whether they plan. */
export type Who = { readonly id: string; readonly takesCalls: boolean; readonly plans: boolean }
