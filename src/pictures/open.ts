/** Takes bytes in: says what they are, and hands on only what is a picture of a bearable size. */
import { inTurn, LIMITS } from './engine.ts'
import { walkJpeg } from './jpeg.ts'
import { walkPng } from './png.ts'
import { gaveUp, reasonFor, unusable } from './refusals.ts'
import { sniff } from './sniff.ts'

/** A file that may be given to the decoder. */
export interface Opened {
  readonly format: 'jpeg' | 'png'
  /** Size of the file as it came. */
  readonly size: number
  /** The picture, without what surrounds it. */
  readonly picture: Buffer<ArrayBuffer>
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
  if (Math.max(width, height) > LIMITS.elongated * Math.min(width, height)) throw unusable('TOO_LONG')
  return { format, size: bytes.length, picture: joined(parts), width, height }
}

/** A copy in memory of its own, which can be given back at once. */
function joined(parts: readonly Buffer[]): Buffer<ArrayBuffer> {
  const whole = Buffer.from(new ArrayBuffer(parts.reduce((sum, part) => sum + part.length, 0)))
  let at = 0
  for (const part of parts) at += part.copy(whole, at)
  return whole
}

/**
 * Opens a file when it is its turn, and works on it.
 * @throws GatewayError `PICTURE_UNUSABLE`; `PICTURES_BUSY` when too many wait; whatever `work` throws
 */
export async function opening<T>(bytes: Uint8Array, work: (opened: Opened) => Promise<T>): Promise<T> {
  return await inTurn(async () => {
    const opened = open(bytes)
    try {
      return await work(opened)
    } catch (cause) {
      throw gaveUp(cause)
    } finally {
      // Copies of some MiB would lie about until the collector comes, which does not see how large they are.
      opened.picture.buffer.transfer(0)
    }
  })
}
