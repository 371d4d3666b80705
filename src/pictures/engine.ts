/** The one file that sets libvips up. It opens JPEG and PNG and nothing else, one picture on one core, and keeps nothing. */
import { fileURLToPath } from 'node:url'
import sharp, { type Sharp } from 'sharp'
import { GatewayError } from '../errors.ts'

sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'] })
sharp.concurrency(1)
sharp.cache(false)
// Letters come from our own file alone. Without this, fonts of the machine would be mixed in, or their absence complained of.
process.env['FONTCONFIG_FILE'] ??= fileURLToPath(new URL('./assets/fonts.conf', import.meta.url))

/** What a picture may cost. Phones make 12 to 50 million pixels; a photo sent by a resident is 1 to 8 MiB. */
export const LIMITS = {
  bytes: 20 * 2 ** 20,
  pixels: 64_000_000,
  /** Pixels of a side. */
  longest: 16_000,
  shortest: 16,
  /** So many times as long as wide, or as wide as long. */
  elongated: 8,
  /** Bytes that a decoder must hold at once: all of a PNG, and all coefficients of a JPEG in several scans. */
  held: 128 * 2 ** 20,
  /** Coefficient bytes times scans of a JPEG: each scan walks over all of them again. */
  scanned: 1.5 * 2 ** 30,
  /** Of one picture, in the decoder. */
  seconds: 10,
  atOnce: 2,
  waiting: 64,
} as const

/** A picture in libvips, whose bytes `open` has looked through. Nothing of a picture goes on but its pixels. */
export const load = (bytes: Buffer): Sharp =>
  sharp(bytes, {
    autoOrient: true,
    failOn: 'warning',
    limitInputPixels: LIMITS.pixels,
    sequentialRead: true,
  }).timeout({ seconds: LIMITS.seconds })

/** Pixels of ours, 8-bit. */
export interface Pixels {
  readonly data: Buffer
  readonly width: number
  readonly height: number
  readonly channels: 1 | 2 | 3 | 4
}

/** A picture of our own pixels. */
export const draw = ({ data, ...raw }: Pixels): Sharp => sharp(data, { raw })

/** Runs a pipeline to its pixels. */
export async function pixelsOf(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, channels: info.channels }
}

/** Upright, without transparency and in sRGB: what every look at a picture and every copy of it begins with. */
export const plain = (bytes: Buffer): Sharp =>
  load(bytes).flatten({ background: '#ffffff' }).toColourspace('srgb')

let running = 0
const waiting: (() => void)[] = []

/**
 * Runs `work` when it is its turn: a few pictures are worked on at once, and a few more wait.
 * @throws GatewayError `PICTURES_BUSY` when too many wait already
 */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= LIMITS.atOnce) {
    if (waiting.length >= LIMITS.waiting) throw new GatewayError('PICTURES_BUSY', { waiting: waiting.length })
    // Whoever ends hands its place over, so `running` stays as it is.
    await new Promise<void>((go) => waiting.push(go))
  } else running += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}
