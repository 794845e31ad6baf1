/**
 * What a browser's phone may say to Asterisk: register as itself, and answer what it is asked. Calls are made by the service alone, so
 * that a page that was taken over can dial nothing.
 */
const methods = new Set(['REGISTER', 'ACK', 'BYE', 'CANCEL', 'UPDATE', 'INFO', 'PRACK', 'OPTIONS', 'NOTIFY', 'INVITE'])

/** Whether one SIP message from the browser that is signed in as `login` may pass. */
export function mayPass(message: string, login: string): boolean {
  const [first = ''] = message.split('\r\n', 1)
  if (/^SIP\/2\.0 \d{3} /.test(first)) return true
  const method = /^([A-Z]+) sips?:\S+ SIP\/2\.0$/.exec(first)?.[1]
  if (method === undefined || !methods.has(method)) return false
  const [from, to] = [header(message, 'from', 'f'), header(message, 'to', 't')]
  if (from === null || to === null) return false
  if (method === 'REGISTER') return userOf(from) === login && userOf(to) === login
  // Within a call that the service made: it has a tag at each end.
  return /;\s*tag=/i.test(parametersOf(to))
}

function header(message: string, name: string, short: string): string | null {
  const [head = ''] = message.split('\r\n\r\n', 1)
  const found = head.split('\r\n').filter((line) => {
    const before = line
      .slice(0, Math.max(0, line.indexOf(':')))
      .trim()
      .toLowerCase()
    return before === name || before === short
  })
  // Twice: whoever reads the other one would see somebody else.
  return found.length === 1 ? (found[0] ?? '').slice((found[0] ?? '').indexOf(':') + 1).trim() : null
}

/** What follows the address; a name in quotes may hold anything. */
function parametersOf(value: string): string {
  const unquoted = value.replace(/"(?:[^"\\]|\\.)*"/g, '')
  return unquoted.slice(unquoted.lastIndexOf('>') + 1)
}

const userOf = (value: string): string | null => /sips?:([^@;>\s]+)@/i.exec(value)?.[1] ?? null
