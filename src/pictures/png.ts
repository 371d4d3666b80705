/**
 * The chunks of a PNG (W3C PNG, third edition), walked before a decoder sees them. Texts (which may be packed a thousandfold), times,
 * private chunks and whatever follows the end are left out.
 */
import { LIMITS } from './engine.ts'
import type { Walked } from './jpeg.ts'
import { unusable } from './refusals.ts'

const SIGNATURE = 8
const MOST_CHUNKS = 65_536
/** Samples of a pixel, once a palette is looked up, and the depths that a colour type may have. */
const COLOURS: ReadonlyMap<number, { readonly samples: number; readonly depths: readonly number[] }> =
  new Map([
    [0, { samples: 2, depths: [1, 2, 4, 8, 16] }],
    [2, { samples: 4, depths: [8, 16] }],
    [3, { samples: 4, depths: [1, 2, 4, 8] }],
    [4, { samples: 2, depths: [8, 16] }],
    [6, { samples: 4, depths: [8, 16] }],
  ])
const CRITICAL = ['IHDR', 'PLTE', 'IDAT', 'IEND']
/** What the decoder needs besides, and how long it may be: transparency, colours, resolution, the way up. */
const NEEDED: ReadonlyMap<string, number> = new Map([
  ['tRNS', 512],
  ['iCCP', 2 ** 20],
  ['sRGB', 1],
  ['gAMA', 4],
  ['cHRM', 32],
  ['pHYs', 9],
  ['eXIf', 2 ** 16],
])

/** Walks a file that begins as a PNG. @throws GatewayError `PICTURE_UNUSABLE` */
export function walkPng(bytes: Buffer): Walked {
  const parts: Buffer[] = [bytes.subarray(0, SIGNATURE)]
  let size: { readonly width: number; readonly height: number } | undefined
  let hasData = false
  for (const { type, body, part } of chunks(bytes)) {
    // The header stands first, and once.
    if ((type === 'IHDR') !== (size === undefined)) throw unusable('BROKEN')
    size ??= readHeader(body)
    hasData ||= type === 'IDAT'
    if (isKept(type, body.length)) parts.push(part)
  }
  if (!size || !hasData) throw unusable('BROKEN')
  return { ...size, parts }
}

interface Chunk {
  readonly type: string
  readonly body: Buffer
  /** With its length, type and check sum. */
  readonly part: Buffer
}

/** The chunks up to the end of the picture. */
function* chunks(bytes: Buffer): Generator<Chunk> {
  let at = SIGNATURE
  for (let count = 0; count < MOST_CHUNKS; count += 1) {
    if (at + 12 > bytes.length) throw unusable('TRUNCATED')
    const end = at + 12 + bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (!/^[A-Za-z]{4}$/.test(type)) throw unusable('BROKEN')
    if (end > bytes.length) throw unusable('TRUNCATED')
    if (type === 'acTL') throw unusable('ANIMATED')
    yield { type, body: bytes.subarray(at + 8, end - 4), part: bytes.subarray(at, end) }
    if (type === 'IEND') return
    at = end
  }
  throw unusable('UNUSUAL')
}

/** A chunk in capitals that nobody knows changes the picture, so the picture cannot be read. */
function isKept(type: string, length: number): boolean {
  if (CRITICAL.includes(type)) return true
  if (/^[A-Z]/.test(type)) throw unusable('UNUSUAL')
  return length <= (NEEDED.get(type) ?? -1)
}

function readHeader(body: Buffer): { readonly width: number; readonly height: number } {
  if (body.length !== 13) throw unusable('BROKEN')
  const [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)]
  const depth = body[8] ?? 0
  const colour = COLOURS.get(body[9] ?? -1)
  if (width === 0 || height === 0 || !colour?.depths.includes(depth)) throw unusable('BROKEN')
  if (body[10] !== 0 || body[11] !== 0 || (body[12] ?? 2) > 1) throw unusable('BROKEN')
  // Interlaced and turned pictures are held as a whole, so all are counted as if they were.
  if (width * height * colour.samples * (depth === 16 ? 2 : 1) > LIMITS.held)
    throw unusable('TOO_MANY_PIXELS')
  return { width, height }
}
