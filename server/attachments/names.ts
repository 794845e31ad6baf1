/** Marks that reorder what is read, and what no file system or header takes. */
const unsafe = /[\u202A-\u202E\u2066-\u2069\p{Cc}\p{Zl}\p{Zp}"<>|:*?\\/]+/gu
const longest = 120

/** What a file is called here: the last part of what somebody called it, on one line, with its ending; never empty, never a path. */
export function safeName(raw: string, fallback = 'fichier'): string {
  const last = raw.toWellFormed().normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const clean = last
    .replace(unsafe, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  if (clean === '') return fallback
  const ending = endingOf(clean)
  const stem = ending === '' ? clean : clean.slice(0, -ending.length - 1)
  const short = [...stem]
    .slice(0, longest - ending.length)
    .join('')
    .trim()
  return ending === '' ? short : `${short}.${ending}`
}

/** `pdf` of `Facture.PDF`; empty without. */
export const endingOf = (name: string): string => /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? ''

/** The header that makes a browser save a file, under its name in any language (RFC 6266). */
export function savedAs(name: string): string {
  const plain =
    name
      .normalize('NFKD')
      .replace(/[^\x20-\x7E]/g, '')
      .replace(/["\\%]/g, '') || 'fichier'
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
