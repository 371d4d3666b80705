/** Puts JPEG and PNG files together, rightly and wrongly. */
import { crc32, deflateSync } from 'node:zlib'
import { numbers } from './scene.ts'

/** One segment of a JPEG. */
export function segment(marker: number, body: Buffer | string, length?: number): Buffer {
  const bytes = Buffer.from(body)
  const head = Buffer.of(0xff, marker, 0, 0)
  head.writeUInt16BE(length ?? bytes.length + 2, 2)
  return Buffer.concat([head, bytes])
}

/** A JPEG with segments put behind its beginning. */
export const withSegments = (jpeg: Buffer, ...segments: readonly Buffer[]): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])

export interface Found {
  readonly marker: number
  readonly at: number
  /** Behind it; of a scan, behind its coded data. */
  readonly end: number
}

/** The segments of a well-formed JPEG, written apart from the code under test. The last is the end, and `end` is where the file should end. */
export function segmentsOf(jpeg: Buffer): readonly Found[] {
  const found: Found[] = []
  let at = 2
  while (at < jpeg.length) {
    if (jpeg[at] !== 0xff) throw new Error(`no marker at ${at}`)
    const marker = jpeg[at + 1] ?? 0
    if (marker === 0xd9) return [...found, { marker, at, end: at + 2 }]
    let end = at + 2 + jpeg.readUInt16BE(at + 2)
    if (marker === 0xda)
      while (jpeg[end] !== 0xff || jpeg[end + 1] === 0 || isRestart(jpeg[end + 1])) end += 1
    found.push({ marker, at, end })
    at = end
  }
  throw new Error('no end')
}
const isRestart = (byte: number | undefined) => byte !== undefined && byte >= 0xd0 && byte <= 0xd7

/** Changes bytes in the body of the first segment of this kind; `at` counts from its first byte behind the length. */
export function patched(jpeg: Buffer, marker: number, at: number, ...bytes: readonly number[]): Buffer {
  const copy = Buffer.from(jpeg)
  const place = segmentsOf(jpeg).find((one) => one.marker === marker)
  if (!place) throw new Error(`no segment ${marker.toString(16)}`)
  copy.set(bytes, place.at + 4 + at)
  return copy
}

/** Leaves all segments of a kind out. */
export const without = (jpeg: Buffer, marker: number): Buffer =>
  Buffer.concat([
    jpeg.subarray(0, 2),
    ...segmentsOf(jpeg)
      .filter((one) => one.marker !== marker)
      .map(({ at, end }) => jpeg.subarray(at, end)),
  ])

/** EXIF with the way up, and where it was taken. */
export function exif(orientation: number): Buffer {
  const gps = 'CANARY-31.2304N'
  const tiff = Buffer.alloc(80 + gps.length)
  tiff.write('MM\0*', 0, 'latin1')
  tiff.writeUInt32BE(8, 4)
  tiff.writeUInt16BE(2, 8)
  entry(tiff, 10, 0x0112, 3, 1, orientation << 16)
  entry(tiff, 22, 0x8825, 4, 1, 38)
  tiff.writeUInt16BE(1, 38)
  entry(tiff, 40, 0x001d, 2, gps.length, 80)
  tiff.write(gps, 80, 'latin1')
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
}
function entry(tiff: Buffer, at: number, tag: number, type: number, count: number, value: number): void {
  tiff.writeUInt16BE(tag, at)
  tiff.writeUInt16BE(type, at + 2)
  tiff.writeUInt32BE(count, at + 4)
  tiff.writeUInt32BE(value, at + 8)
}

export const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

/** One chunk of a PNG. */
export function chunk(type: string, body: Buffer | string = '', sum?: number): Buffer {
  const inner = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(body)])
  const whole = Buffer.alloc(inner.length + 8)
  whole.writeUInt32BE(inner.length - 4, 0)
  inner.copy(whole, 4)
  whole.writeUInt32BE(sum ?? crc32(inner), inner.length + 4)
  return whole
}

/** The header of a PNG. */
export function header(width: number, height: number, depth = 8, colour = 2, interlace = 0): Buffer {
  const body = Buffer.alloc(13)
  body.writeUInt32BE(width >>> 0, 0)
  body.writeUInt32BE(height >>> 0, 4)
  body.set([depth, colour, 0, 0, interlace], 8)
  return chunk('IHDR', body)
}

/** A PNG of these chunks. */
export const png = (...chunks: readonly Buffer[]): Buffer => Buffer.concat([SIGNATURE, ...chunks])

/** Rows of one value, packed, each behind its filter. */
export const rows = (count: number, bytes: number, value = 0, filter = 0): Buffer =>
  deflateSync(
    Buffer.concat(
      Array.from({ length: count }, () => Buffer.concat([Buffer.of(filter), Buffer.alloc(bytes, value)])),
    ),
  )

/** A PNG with chunks put between its header and the rest. */
export const withChunks = (file: Buffer, ...chunks: readonly Buffer[]): Buffer =>
  Buffer.concat([file.subarray(0, 33), ...chunks, file.subarray(33)])

/** So many zeros, packed, without ever being made: a thousand times the same block. */
export function packedZeros(count: number): Buffer {
  const block = 2 ** 20
  // A raw block that ends on a byte, and so can be repeated; the last one closes the stream.
  const whole = deflateSync(Buffer.alloc(block), { finishFlush: 3 /* Z_FULL_FLUSH */ })
  const body = whole.subarray(2)
  const last = deflateSync(Buffer.alloc(count % block)).subarray(2, -4)
  const sum = Buffer.alloc(4)
  // Adler-32 of zeros: a stays 1, b counts them.
  sum.writeUInt32BE((((count % 65_521) << 16) | 1) >>> 0)
  return Buffer.concat([
    whole.subarray(0, 2),
    ...Array.from({ length: Math.floor(count / block) }, () => body),
    last,
    sum,
  ])
}

/** Active content; what it says must come out nowhere. */
export const HTML = '<!DOCTYPE html><html><script>alert("CANARY")</script></html>'

/** A head and something behind it. */
export const padded = (hex: string, more = 600) =>
  Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(more, 0x20)])

export function chance(seed: number, length: number): Buffer {
  const next = numbers(seed)
  return Buffer.from(Array.from({ length }, () => next() & 255))
}
