/** What is left in a field once what was sent has arrived: whoever types fast has begun the next message meanwhile. */
export const restOf = (now: string, sent: string): string => (now.startsWith(sent) ? now.slice(sent.length).trimStart() : now)
