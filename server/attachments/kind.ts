import { endingOf } from './names.ts'

/** What a file is, by its first bytes. `picture`: one that every browser shows, in pixels. */
export type Kind = { readonly type: string; readonly picture: { readonly width: number; readonly height: number } | null }

/** How much of a file's beginning says what it is; a photograph's size stands behind its camera's notes. */
export const headBytes = 262_144
/** Beyond, a small file that unfolds into gigabytes; it stays a file, and no browser is made to draw it. */
const mostPixels = 100_000_000

type Size = Kind['picture']
const at = (head: Buffer, text: string, from = 0) => head.toString('latin1', from, from + text.length) === text
const u16 = (head: Buffer, from: number) => (from + 2 <= head.length ? head.readUInt16BE(from) : 0)

function png(head: Buffer): Size {
  return head.length >= 24 && at(head, 'IHDR', 12) ? { width: head.readUInt32BE(16), height: head.readUInt32BE(20) } : null
}
function gif(head: Buffer): Size {
  return head.length >= 10 ? { width: head.readUInt16LE(6), height: head.readUInt16LE(8) } : null
}

/** A JPEG's segments, up to the one that says its size (start of frame). */
function jpeg(head: Buffer): Size {
  for (let from = 2; from + 9 < head.length && head[from] === 0xff; ) {
    const mark = head[from + 1] ?? 0
    const isFrame = mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark)
    if (isFrame) return { width: u16(head, from + 7), height: u16(head, from + 5) }
    from += mark === 0xff ? 1 : 2 + Math.max(2, u16(head, from + 2))
  }
  return null
}

function webp(head: Buffer): Size {
  if (head.length < 30) return null
  if (at(head, 'VP8X', 12)) return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 }
  if (at(head, 'VP8 ', 12)) return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff }
  if (!at(head, 'VP8L', 12)) return null
  const bits = head.readUInt32LE(21)
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
}

const pictures = [
  { type: 'image/png', is: (h: Buffer) => at(h, '\x89PNG\r\n\x1a\n'), size: png },
  { type: 'image/gif', is: (h: Buffer) => at(h, 'GIF87a') || at(h, 'GIF89a'), size: gif },
  { type: 'image/jpeg', is: (h: Buffer) => at(h, '\xff\xd8\xff'), size: jpeg },
  { type: 'image/webp', is: (h: Buffer) => at(h, 'RIFF') && at(h, 'WEBP', 8), size: webp },
] as const

const office: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
}

/** A zip is named by its first entry alone: none is unfolded here. */
function zipped(head: Buffer, ending: string): string {
  const openDocument = /^mimetype(application\/vnd\.oasis\.opendocument\.[a-z-]{1,40})/.exec(head.toString('latin1', 30, 120))?.[1]
  return openDocument ?? office[ending] ?? 'application/zip'
}

const others: readonly (readonly [string, (head: Buffer) => boolean])[] = [
  ['application/pdf', (h) => h.toString('latin1', 0, 1024).includes('%PDF-')],
  ['application/x-ole-storage', (h) => at(h, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
  ['application/gzip', (h) => at(h, '\x1f\x8b')],
  ['application/x-7z-compressed', (h) => at(h, "7z\xbc\xaf'\x1c")],
  ['application/vnd.rar', (h) => at(h, 'Rar!\x1a\x07')],
  ['image/heic', (h) => /^ftyp(heic|heix|mif1|avif)/.test(h.toString('latin1', 4, 12))],
  ['image/tiff', (h) => at(h, 'II*\0') || at(h, 'MM\0*')],
  ['image/bmp', (h) => at(h, 'BM')],
  ['video/mp4', (h) => at(h, 'ftyp', 4)],
  ['video/webm', (h) => at(h, '\x1a\x45\xdf\xa3')],
  ['audio/wav', (h) => at(h, 'RIFF') && at(h, 'WAVE', 8)],
  ['audio/ogg', (h) => at(h, 'OggS')],
  ['audio/mpeg', (h) => at(h, 'ID3') || (h[0] === 0xff && ((h[1] ?? 0) & 0xe0) === 0xe0)],
]
const programs: readonly ((head: Buffer) => boolean)[] = [
  (h) => at(h, 'MZ'),
  (h) => at(h, '\x7fELF'),
  (h) => ['\xfe\xed\xfa\xce', '\xfe\xed\xfa\xcf', '\xce\xfa\xed\xfe', '\xcf\xfa\xed\xfe', '\xca\xfe\xba\xbe'].some((m) => at(h, m)),
  (h) => at(h, '\x4c\x00\x00\x00\x01\x14\x02\x00'),
]

/** Whether a computer would run it. */
export const isProgram = (head: Buffer): boolean => programs.some((is) => is(head))

/** @param head the first {@link headBytes} bytes, or all there are @param name what it is called: only tells kinds of one format apart */
export function kindOf(head: Buffer, name: string): Kind {
  const found = pictures.find(({ is }) => is(head))
  if (found !== undefined) {
    const size = found.size(head)
    const drawn = size !== null && size.width > 0 && size.height > 0
    if (!drawn) return { type: 'application/octet-stream', picture: null }
    return { type: found.type, picture: size.width * size.height <= mostPixels ? size : null }
  }
  if (at(head, 'PK\x03\x04')) return { type: zipped(head, endingOf(name)), picture: null }
  const other = others.find(([, is]) => is(head))
  if (other !== undefined) return { type: other[0], picture: null }
  return { type: isText(head) ? 'text/plain' : 'application/octet-stream', picture: null }
}

/** Text in one of the encodings that people have; the last character may be cut. */
function isText(head: Buffer): boolean {
  if (head.subarray(0, 8_192).some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))) return false
  return true
}

const pictureEndings = ['png', 'jpg', 'jpeg', 'gif', 'webp', 'bmp', 'tif', 'tiff', 'heic', 'heif', 'avif']

/** Named as a picture, and none by its bytes. */
export const isFalsePicture = ({ type }: Kind, name: string): boolean =>
  pictureEndings.includes(endingOf(name)) && !type.startsWith('image/')

/** The ending that a file without one is given. */
export function usualEnding(type: string): string {
  const known: Readonly<Record<string, string>> = {
    'image/png': 'png',
    'image/jpeg': 'jpg',
    'image/gif': 'gif',
    'image/webp': 'webp',
    'application/pdf': 'pdf',
    'text/plain': 'txt',
  }
  return known[type] ?? ''
}
