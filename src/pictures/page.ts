/** A page of a paper, scanned or photographed: upright, without what a camera notes beside it, small enough to be sent. */
import { plain } from './engine.ts'
import { opening } from './open.ts'

export interface PageRule {
  /** Of the longer side. */
  readonly pixels: number
  readonly quality: number
}

/**
 * The page as a JPEG of its own, never larger than it came.
 * @throws GatewayError `PICTURE_UNUSABLE`, `PICTURES_BUSY`
 */
export const pageOf = (
  bytes: Uint8Array,
  { pixels, quality }: PageRule,
): Promise<{ readonly jpeg: Buffer; readonly width: number; readonly height: number }> =>
  opening(bytes, async ({ picture }) => {
    const { data, info } = await plain(picture)
      .resize({ width: pixels, height: pixels, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality })
      .toBuffer({ resolveWithObject: true })
    return { jpeg: data, width: info.width, height: info.height }
  })
