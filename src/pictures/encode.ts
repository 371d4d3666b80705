/** Writes pixels as a JPEG whose size lies in a window, with the resolution in its header and nothing else besides the picture. */
import { draw, type Pixels } from './engine.ts'

/** Without a window: nobody sees the difference to 100, and the file is a quarter of it. */
const GOOD = 92
/** Below this a face shows blocks. */
const POOREST = 50
const FINEST = 100

/** Bytes of a file; null where a side is open. */
export interface Window {
  readonly min: number | null
  readonly max: number | null
}

export interface Encoded {
  readonly jpeg: Buffer
  readonly quality: number
  /** Whether the size lies in the window; if not, it is as near as it can be. */
  readonly isInWindow: boolean
}

type Subsampling = '4:2:0' | '4:4:4'

async function encode(pixels: Pixels, quality: number, chromaSubsampling: Subsampling): Promise<Buffer> {
  return await draw(pixels).jpeg({ quality, chromaSubsampling }).toBuffer()
}

/** The best quality that keeps within the window: at most eight encodings of pixels that are already small. */
export async function encodeWithin(pixels: Pixels, dpi: number, window: Window): Promise<Encoded> {
  const min = (window.min ?? 0) - HEADER
  const max = (window.max ?? Number.POSITIVE_INFINITY) - HEADER
  let best = { jpeg: await encode(pixels, GOOD, '4:2:0'), quality: GOOD }
  if (best.jpeg.length > max) best = await below(pixels, max)
  else if (best.jpeg.length < min) best = await above(pixels, min, max)
  const isInWindow = best.jpeg.length >= min && best.jpeg.length <= max
  return { ...best, jpeg: withDensity(best.jpeg, dpi), isInWindow }
}

interface Attempt {
  readonly jpeg: Buffer
  readonly quality: number
}

/** The largest file that is at most `max`, or the smallest of all. */
async function below(pixels: Pixels, max: number): Promise<Attempt> {
  let best: Attempt = { jpeg: await encode(pixels, POOREST, '4:2:0'), quality: POOREST }
  if (best.jpeg.length > max) return best
  let [low, high] = [POOREST + 1, GOOD - 1]
  while (low <= high) {
    const quality = (low + high) >> 1
    const jpeg = await encode(pixels, quality, '4:2:0')
    if (jpeg.length <= max) {
      best = { jpeg, quality }
      low = quality + 1
    } else high = quality - 1
  }
  return best
}

/** The first file of at least `min`, finer and finer, or the largest of all that is still at most `max`. */
async function above(pixels: Pixels, min: number, max: number): Promise<Attempt> {
  let best: Attempt | undefined
  for (const [quality, subsampling] of [
    [96, '4:2:0'],
    [98, '4:2:0'],
    [98, '4:4:4'],
    [99, '4:4:4'],
    [FINEST, '4:4:4'],
  ] as const) {
    const jpeg = await encode(pixels, quality, subsampling)
    if (best && jpeg.length > max) break
    best = { jpeg, quality }
    if (jpeg.length >= min) break
  }
  return best ?? (await below(pixels, max))
}

/** `libvips` leaves the header of JFIF 1.02 away when nothing else is kept; it carries the dots an inch, across and down. */
function withDensity(jpeg: Buffer, dpi: number): Buffer {
  const header = Buffer.from('ffe000104a46494600010201000000000000', 'hex')
  header.writeUInt16BE(dpi, 12)
  header.writeUInt16BE(dpi, 14)
  return Buffer.concat([jpeg.subarray(0, 2), header, jpeg.subarray(2)])
}

/** Bytes that the header adds. */
const HEADER = 18
