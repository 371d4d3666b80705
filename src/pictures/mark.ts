/** A picture as it is shown to a person, with what it may be used for written all over it, and a plain one for a document. */
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { draw, type Pixels, pixelsOf, plain } from './engine.ts'
import { type Upright, uprightSize } from './examine.ts'
import { opening } from './open.ts'

/** What the mark says: 仅供居住证申领使用, 上海市公安局, 2026-03-02. */
export interface Mark {
  /** What the picture may be used for. */
  readonly purpose: string
  /** Who gets it. */
  readonly receiver: string
  /** `yyyy-MM-dd`, in Shanghai. */
  readonly day: string
}

const FONT = fileURLToPath(new URL('./assets/noto-sans-sc-medium-gb2312.ttf', import.meta.url))
/** Sides of a picture that is shown: a narrow one is made as wide as a phone, so that the letters have pixels enough. */
const SHOWN = { narrowest: 480, longest: 1200 } as const
/** Side of a picture in a document. */
const LONGEST = 2400
const QUALITY = 90
/** A letter is this part of the width: on a phone, 360 points wide, it is 16 points high. */
const LETTER = 360 / 16
const SMALLEST_LETTER = 12
/** Letters on one line; the rest goes on the next. */
const LINE = 12
const LONGEST_TEXT = 48
const TILT = -30
const RADIANS = (TILT * Math.PI) / 180
/** Letters of room around one mark. */
const ROOM = 0.8
/** Red letters on a pale rim are seen on white walls and on black hair alike. */
const INK = { colour: '#b00020', alpha: '60%', rim: '#ffffff', rimAlpha: '55%' } as const

/** The picture with its mark in the pixels, a JPEG. @throws GatewayError `PICTURE_UNUSABLE`, `PICTURES_BUSY` */
export async function marked(bytes: Uint8Array, mark: Mark): Promise<Buffer> {
  return await opening(bytes, async (opened) => {
    const size = shownSize(await uprightSize(opened))
    const picture = plain(opened.picture).resize(size.width, size.height, { fit: 'fill' })
    return await draw(await pixelsOf(picture))
      .composite([overlay(await layerOf(mark, size))])
      .jpeg({ quality: QUALITY })
      .toBuffer()
  })
}

/** The plain picture that goes into a document, a JPEG without anything but its pixels. @throws GatewayError `PICTURE_UNUSABLE`, `PICTURES_BUSY` */
export async function unmarked(bytes: Uint8Array): Promise<Buffer> {
  return await opening(
    bytes,
    async ({ picture }) =>
      await plain(picture)
        .resize(LONGEST, LONGEST, { fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality: QUALITY })
        .toBuffer(),
  )
}

/** The size in which a picture is shown; one that is very long stays narrow. */
function shownSize({ width, height }: Upright): Upright {
  const longest = Math.max(width, height)
  const wanted = Math.max(Math.min(1, SHOWN.longest / longest), SHOWN.narrowest / Math.min(width, height))
  const scale = Math.min(wanted, SHOWN.longest / longest)
  const scaled = (side: number) => Math.max(1, Math.round(side * scale))
  return { width: scaled(width), height: scaled(height) }
}

const CLEAR = { r: 0, g: 0, b: 0, alpha: 0 }
const clear = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: CLEAR } })

/** The mark, side by side and tilted, as large as the picture. */
async function layerOf(mark: Mark, { width, height }: Upright): Promise<Pixels> {
  const diagonal = Math.ceil(Math.hypot(width, height))
  const block = await blockOf(mark, width)
  const plane = await pixelsOf(clear(diagonal, diagonal).composite([{ ...overlay(block), tile: true }]))
  // Tilted, a square is wider by sine and cosine; the picture is cut from its middle.
  const tilted = Math.floor(diagonal * (Math.cos(RADIANS) + Math.abs(Math.sin(RADIANS))))
  const middle = { left: (tilted - width) >> 1, top: (tilted - height) >> 1 }
  return await pixelsOf(
    draw(plane)
      .rotate(TILT, { background: CLEAR })
      .extract({ ...middle, width, height }),
  )
}

/** The mark once, for a picture of this width, with some room around it. */
async function blockOf(mark: Mark, width: number): Promise<Pixels> {
  const letter = Math.max(SMALLEST_LETTER, Math.round(width / LETTER))
  const text = [`仅供${clean(mark.purpose)}使用`, clean(mark.receiver), clean(mark.day)]
  const write = async (colour: string, alpha: string) =>
    await pixelsOf(
      sharp({
        text: {
          text: `<span foreground="${colour}" alpha="${alpha}">${text.map(escapeMarkup).join('\n')}</span>`,
          font: `Noto Sans SC Medium ${letter}`,
          fontfile: FONT,
          rgba: true,
          width: letter * LINE,
          wrap: 'char',
          align: 'centre',
        },
      }),
    )
  const ink = await write(INK.colour, INK.alpha)
  const rim = await write(INK.rim, INK.rimAlpha)
  const room = Math.round(letter * ROOM)
  return await pixelsOf(
    clear(ink.width + 2 * room, ink.height + 2 * room).composite([
      { ...overlay(rim), left: room + 1, top: room + 1 },
      { ...overlay(ink), left: room, top: room },
    ]),
  )
}

const overlay = ({ data, ...raw }: Pixels) => ({ input: data, raw })

/** Text without control characters, at most so long that the mark can still be read. */
function clean(text: string): string {
  const letters = Array.from(text.replaceAll(/[\p{C}\p{Z}]+/gu, ' ').trim())
  return letters.length > LONGEST_TEXT ? `${letters.slice(0, LONGEST_TEXT - 1).join('')}…` : letters.join('')
}

/** The renderer reads a markup of its own. */
const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
