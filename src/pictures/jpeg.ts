/**
 * The segments of a JPEG (ITU-T T.81 Annex B), walked before a decoder sees them: how large it is, what it costs to decode, and the part
 * of the file that is the picture. Comments, XMP, IPTC, further pictures and whatever follows the end are left out.
 */
import { LIMITS } from './engine.ts'
import { unusable } from './refusals.ts'

/** A file by its own header, as it is stored, before it is turned upright. */
export interface Walked {
  readonly width: number
  readonly height: number
  /** The parts of the file that the decoder gets. */
  readonly parts: readonly Buffer[]
}

/** A picture of a camera has some thirty segments; this many make a list that only costs. */
const MOST_SEGMENTS = 4096
const MARKER = { soi: 0xd8, eoi: 0xd9, sos: 0xda, dnl: 0xdc, comment: 0xfe } as const
/** Baseline, extended and progressive with Huffman codes. Others (lossless, arithmetic, hierarchical) no camera writes. */
const FRAMES = [0xc0, 0xc1, 0xc2]
const OTHER_FRAMES = [0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]

interface Frame {
  readonly width: number
  readonly height: number
  readonly components: number
  readonly isProgressive: boolean
  /** Bytes of all coefficients. */
  readonly coefficients: number
}

/** Walks a file that begins as a JPEG. @throws GatewayError `PICTURE_UNUSABLE` */
export function walkJpeg(bytes: Buffer): Walked {
  const parts: Buffer[] = [bytes.subarray(0, 2)]
  const scans: number[] = []
  let frame: Frame | undefined
  for (const { marker, body, part } of segments(bytes)) {
    if (isKept(marker, body)) parts.push(part)
    if (FRAMES.includes(marker)) frame = frame ? never() : readFrame(marker, body)
    if (marker === MARKER.sos) scans.push(frame ? countOf(body) : never())
  }
  if (!frame || scans.length === 0) return never()
  limitScans(frame, scans)
  parts.push(Buffer.of(0xff, MARKER.eoi))
  return { width: frame.width, height: frame.height, parts }
}

/** Components of a scan. */
const countOf = (body: Buffer): number => body[0] ?? 0

function never(): never {
  throw unusable('BROKEN')
}

/** A picture in several scans is held as a whole, and walked over again by each of them. */
function limitScans(frame: Frame, scans: readonly number[]): void {
  const isSplit = frame.isProgressive || scans.some((components) => components < frame.components)
  const tooMuch = frame.coefficients > LIMITS.held || frame.coefficients * scans.length > LIMITS.scanned
  if (isSplit && tooMuch) throw unusable('TOO_MANY_PIXELS')
}

interface Segment {
  readonly marker: number
  readonly body: Buffer
  /** The whole of it; behind the header of a scan, its coded data. */
  readonly part: Buffer
}

/** The segments up to the end of the picture. */
function* segments(bytes: Buffer): Generator<Segment> {
  let at = 2
  for (let count = 0; count < MOST_SEGMENTS; count += 1) {
    at = markerAt(bytes, at)
    const marker = bytes[at + 1]
    if (marker === undefined) throw unusable('TRUNCATED')
    if (marker === MARKER.eoi) return
    if (OTHER_FRAMES.includes(marker) || marker === MARKER.dnl) throw unusable('UNUSUAL')
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= MARKER.soi)) throw unusable('BROKEN')
    const behind = segmentEnd(bytes, at)
    const end = marker === MARKER.sos ? scanEnd(bytes, behind) : behind
    yield { marker, body: bytes.subarray(at + 4, behind), part: bytes.subarray(at, end) }
    at = end
  }
  throw unusable('UNUSUAL')
}

/** Where the next marker begins; any number of 0xff may stand before it. */
function markerAt(bytes: Buffer, from: number): number {
  if (from >= bytes.length) throw unusable('TRUNCATED')
  if (bytes[from] !== 0xff) throw unusable('BROKEN')
  let at = from
  while (bytes[at + 1] === 0xff) at += 1
  return at
}

function segmentEnd(bytes: Buffer, at: number): number {
  if (at + 4 > bytes.length) throw unusable('TRUNCATED')
  const length = bytes.readUInt16BE(at + 2)
  if (length < 2) throw unusable('BROKEN')
  if (at + 2 + length > bytes.length) throw unusable('TRUNCATED')
  return at + 2 + length
}

/** Where the coded data of a scan end: at the next marker that is neither a stuffed byte nor a restart. */
function scanEnd(bytes: Buffer, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    if (bytes[at] !== 0xff) continue
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  throw unusable('TRUNCATED')
}

function readFrame(marker: number, body: Buffer): Frame {
  const components = body[5] ?? 0
  if (body.length < 6 + 3 * components) throw unusable('BROKEN')
  if (body[0] !== 8 || ![1, 3, 4].includes(components)) throw unusable('UNUSUAL')
  const [height, width] = [body.readUInt16BE(1), body.readUInt16BE(3)]
  if (width === 0 || height === 0) throw unusable('BROKEN')
  const sampling = Array.from({ length: components }, (_, index) => {
    const factors = body[7 + 3 * index] ?? 0
    return [factors >> 4, factors & 15] as const
  })
  if (sampling.some(([across, down]) => across < 1 || across > 4 || down < 1 || down > 4))
    throw unusable('BROKEN')
  const widest = Math.max(...sampling.map(([across]) => across))
  const tallest = Math.max(...sampling.map(([, down]) => down))
  const blocks = sampling.map(
    ([across, down]) =>
      Math.ceil((width * across) / (8 * widest)) * Math.ceil((height * down) / (8 * tallest)),
  )
  return {
    width,
    height,
    components,
    isProgressive: marker === 0xc2,
    coefficients: blocks.reduce((sum, count) => sum + count * 128, 0),
  }
}

/** Of what is not the picture itself, the decoder needs the resolution, the way up, the colours and how they are coded. */
const NEEDED = new Map([
  [0xe0, 'JFIF\0'],
  [0xe1, 'Exif\0'],
  [0xe2, 'ICC_PROFILE\0'],
  [0xee, 'Adobe'],
])

function isKept(marker: number, body: Buffer): boolean {
  if (marker === MARKER.comment) return false
  if (marker < 0xe0 || marker > 0xef) return true
  const begins = NEEDED.get(marker)
  return begins !== undefined && body.toString('latin1', 0, begins.length) === begins
}
