/** Who signs what the desk does by itself, nobody in particular having asked for it. */
export const deskItself = { id: 'guichet', name: 'Guichet unique' } as const
