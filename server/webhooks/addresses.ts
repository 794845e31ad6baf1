import { BlockList, isIP } from 'node:net'

/* RFC 6890 and its registries: addresses that are not the Internet's, and those that stand for others. */
const within4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const
/** All IPv6 is refused but the global unicast, and there what carries an IPv4 address or is documentation. */
const within6 = [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

// A list of their own each: one of both families takes every IPv4 address for the `::ffff:0:0/96` it also is.
const [inner4, inner6] = [new BlockList(), new BlockList()]
for (const [net, bits] of within4) inner4.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of within6) inner6.addSubnet(net, bits, 'ipv6')
const isInner = (address: string) => (isIP(address) === 6 ? inner6.check(address, 'ipv6') : inner4.check(address, 'ipv4'))

/** `::ffff:10.0.0.1` in any writing is 10.0.0.1. */
function plain(address: string): string {
  if (isIP(address) !== 6) return address
  const written = URL.parse(`http://[${address.split('%')[0]}]/`)?.hostname.slice(1, -1) ?? address
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(written)
  if (mapped === null) return written
  const [high = 0, low = 0] = mapped.slice(1).map((part) => Number.parseInt(part, 16))
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/** Networks that a site lets deliveries reach although they are its own. @throws Error naming the one that is none */
export function networks(written: readonly string[]): BlockList {
  const list = new BlockList()
  for (const one of written) {
    const [address = '', bits] = one.split('/')
    const family = isIP(address)
    const most = family === 6 ? 128 : 32
    const width = bits === undefined ? most : Number(bits)
    if (family === 0 || !Number.isInteger(width) || width < 0 || width > most) throw new Error(one)
    list.addSubnet(address, width, family === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}

const holds = (list: BlockList, address: string) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Whether a delivery may be sent to this address: the Internet's, or one of the networks allowed. */
export function mayReach(address: string, allowed: BlockList): boolean {
  const meant = plain(address)
  return isIP(meant) !== 0 && (holds(allowed, meant) || !isInner(meant))
}
/** Whether it is in a network that was allowed by name: there, plain HTTP will do. */
export const isAllowed = (address: string, allowed: BlockList): boolean => holds(allowed, plain(address))
