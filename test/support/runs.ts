/** How many times fewer than usual a property is tried: the mutation run asks each of them thousands of times. */
export const thrift = { times: 1 }

/** How often to try a property. @param usually when nobody is thrifty */
export const runs = (usually: number): number => Math.ceil(usually / thrift.times)
