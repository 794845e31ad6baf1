/** Who signs what the desk does by itself, nobody in particular having asked for it; people read the site's own name for it. */
export const deskItself = { id: 'guichet', name: 'Guichet unique' } as const

/** Whoever signs, the desk itself by the name that the site has given it. */
export const signing = <Who extends { readonly id: string; readonly name: string }>(who: Who, deskName: string): Who =>
  who.id === deskItself.id && who.name === deskItself.name ? { ...who, name: deskName } : who
