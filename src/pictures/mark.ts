/** A picture as it is shown to a person, with what it may be used for written all over it, and a plain one for a document. */
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { draw, inTurn, type Pixels, plain } from './engine.ts'
import { type Upright, uprightSize } from './examine.ts'
import { open } from './open.ts'
import { gaveUp } from './refusals.ts'

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
/** Letters on one line; the rest goes on the next. */
const LINE = 12
const LONGEST_TEXT = 48
const TILT = -30
/** Red letters on a pale rim are seen on white walls and on black hair alike. */
const INK = { colour: '#b00020', alpha: '60%', rim: '#ffffff', rimAlpha: '55%' } as const

/** The picture with its mark in the pixels, a JPEG. @throws GatewayError `PICTURE_UNUSABLE`, `PICTURES_BUSY` */
export async function marked(bytes: Uint8Array, mark: Mark): Promise<Buffer> {
  const opened = open(bytes)
  return await inTurn(async () => {
    try {
      const size = shownSize(await uprightSize(opened))
      const { data, info } = await plain(opened.picture)
        .resize(size.width, size.height, { fit: 'fill' })
        .raw()
        .toBuffer({ resolveWithObject: true })
      const pixels: Pixels = { data, width: info.width, height: info.height, channels: info.channels }
      const tile = await tileOf(mark, size.width)
      return await draw(pixels)
        .composite([{ input: tile.data, raw: tile.info, tile: true }])
        .jpeg({ quality: QUALITY })
        .toBuffer()
    } catch (cause) {
      throw gaveUp(cause)
    }
  })
}

/** The plain picture that goes into a document, a JPEG without anything but its pixels. @throws GatewayError `PICTURE_UNUSABLE`, `PICTURES_BUSY` */
export async function unmarked(bytes: Uint8Array): Promise<Buffer> {
  const opened = open(bytes)
  return await inTurn(async () => {
    try {
      return await plain(opened.picture)
        .resize(LONGEST, LONGEST, { fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality: QUALITY })
        .toBuffer()
    } catch (cause) {
      throw gaveUp(cause)
    }
  })
}

/** The size in which a picture is shown; one that is very long stays narrow. */
function shownSize({ width, height }: Upright): Upright {
  const longest = Math.max(width, height)
  const wanted = Math.max(Math.min(1, SHOWN.longest / longest), SHOWN.narrowest / Math.min(width, height))
  const scale = Math.min(wanted, SHOWN.longest / longest)
  const scaled = (side: number) => Math.max(1, Math.round(side * scale))
  return { width: scaled(width), height: scaled(height) }
}

/** One repeat of the mark, tilted, for a picture of this width. */
async function tileOf(mark: Mark, width: number) {
  const letter = Math.max(14, Math.round(width / LETTER))
  const text = [`仅供${clean(mark.purpose)}使用`, clean(mark.receiver), clean(mark.day)]
  const write = async (colour: string, alpha: string) =>
    await sharp({
      text: {
        text: `<span foreground="${colour}" alpha="${alpha}">${text.map(escapeMarkup).join('\n')}</span>`,
        font: `Noto Sans SC Medium ${letter}`,
        fontfile: FONT,
        rgba: true,
        width: letter * LINE,
        wrap: 'char',
        align: 'centre',
      },
    })
      .png()
      .toBuffer({ resolveWithObject: true })
  const ink = await write(INK.colour, INK.alpha)
  const rim = await write(INK.rim, INK.rimAlpha)
  const block = await sharp({
    create: {
      width: ink.info.width + letter,
      height: ink.info.height + letter,
      channels: 4,
      background: { r: 0, g: 0, b: 0, alpha: 0 },
    },
  })
    .composite([
      { input: rim.data, left: (letter >> 1) + 1, top: (letter >> 1) + 1 },
      { input: ink.data, left: letter >> 1, top: letter >> 1 },
    ])
    .png()
    .toBuffer()
  return await sharp(block)
    .rotate(TILT, { background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .raw()
    .toBuffer({ resolveWithObject: true })
}

/** Text without control characters, at most so long that the mark can still be read. */
function clean(text: string): string {
  const letters = Array.from(text.replaceAll(/[\p{C}\p{Z}]+/gu, ' ').trim())
  return letters.length > LONGEST_TEXT ? `${letters.slice(0, LONGEST_TEXT - 1).join('')}…` : letters.join('')
}

/** The renderer reads a markup of its own. */
const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
