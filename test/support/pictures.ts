const u32 = (n: number) => Buffer.from([n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255])

/** The beginning of a PNG of that size, in pixels. */
export const png = (width: number, height: number): Buffer =>
  Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), u32(width), u32(height), Buffer.from([8, 2, 0, 0, 0, 0, 0, 0, 0])])

/** The beginning of a JPEG of that size, behind a camera's notes. */
export function jpeg(width: number, height: number): Buffer {
  const notes = Buffer.concat([Buffer.from([0xff, 0xe1, 0x40, 0x00]), Buffer.alloc(0x4000 - 2, 1)])
  const frame = Buffer.from([0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, 3, 0, 0, 0])
  return Buffer.concat([Buffer.from([0xff, 0xd8]), notes, frame])
}

/** The beginning of a GIF of that size. */
export const gif = (width: number, height: number): Buffer =>
  Buffer.concat([Buffer.from('GIF89a'), Buffer.from([width & 255, width >> 8, height & 255, height >> 8, 0, 0, 0])])
