/** Opens a file of unknown intent and measures the picture in it. */
import { load, pixelsOf, plain } from './engine.ts'
import { type Looks, MEASURED_SIDE, measure } from './measure.ts'
import { type Opened, opening } from './open.ts'

/** What is known of a picture without looking at the face. */
export interface Measured extends Looks {
  readonly format: 'jpeg' | 'png'
  /** Pixels, turned upright. */
  readonly width: number
  readonly height: number
  /** Of the file as it came. */
  readonly bytes: number
  /** Dots an inch, as the file claims; null where it claims nothing. */
  readonly dpi: number | null
}

/** Pixels as they are seen, not as they are stored. */
export interface Upright {
  readonly width: number
  readonly height: number
}

/** The size of an opened picture once it stands upright. @throws GatewayError `PICTURE_UNUSABLE` */
export async function uprightSize(
  opened: Opened,
): Promise<Upright & { readonly density: number | undefined }> {
  const { autoOrient, density } = await load(opened.picture).metadata()
  return { width: autoOrient.width, height: autoOrient.height, density }
}

/**
 * Measures a picture: at most 20 MiB, JPEG or PNG by its content.
 * @throws GatewayError `PICTURE_UNUSABLE` with the reason; `PICTURES_BUSY`
 */
export async function examine(bytes: Uint8Array): Promise<Measured> {
  return await opening(bytes, async (opened) => {
    const { width, height, density } = await uprightSize(opened)
    const small = plain(opened.picture).resize(MEASURED_SIDE, MEASURED_SIDE, {
      fit: 'inside',
      withoutEnlargement: true,
    })
    const looks = measure(await pixelsOf(small))
    return { ...looks, format: opened.format, width, height, bytes: opened.size, dpi: density ?? null }
  })
}
