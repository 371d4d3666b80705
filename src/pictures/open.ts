/** Takes bytes in: says what they are, and hands on only what is a picture of a bearable size. */
import { LIMITS } from './engine.ts'
import { walkJpeg } from './jpeg.ts'
import { walkPng } from './png.ts'
import { reasonFor, unusable } from './refusals.ts'
import { sniff } from './sniff.ts'

/** A file that may be given to the decoder. */
export interface Opened {
  readonly format: 'jpeg' | 'png'
  /** Size of the file as it came. */
  readonly size: number
  /** The picture, without what surrounds it. */
  readonly picture: Buffer
  /** As it is stored, before it is turned upright. */
  readonly width: number
  readonly height: number
}

/**
 * Looks through a file without decoding it; costs one walk over its bytes.
 * @throws GatewayError `PICTURE_UNUSABLE`; `facts.reason` and `errors` say why
 */
export function open(bytes: Uint8Array): Opened {
  if (bytes.length === 0) throw unusable('EMPTY')
  if (bytes.length > LIMITS.bytes) throw unusable('TOO_MANY_BYTES')
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const format = sniff(file)
  if (format !== 'jpeg' && format !== 'png') throw unusable(reasonFor(format))
  const { width, height, parts } = format === 'jpeg' ? walkJpeg(file) : walkPng(file)
  if (width * height > LIMITS.pixels || Math.max(width, height) > LIMITS.longest)
    throw unusable('TOO_MANY_PIXELS')
  if (Math.min(width, height) < LIMITS.shortest) throw unusable('TOO_FEW_PIXELS')
  return { format, size: bytes.length, picture: Buffer.concat(parts), width, height }
}
