/** Prints a paper of Chinese text as a PDF on A4, whose text can be searched and read aloud. */
import { PDFDocument, type PDFFont, type PDFPage, rgb } from '@cantoo/pdf-lib'
import * as fontkit from 'fontkit'
import { FONT, printable } from './letters.ts'

/** One part of a paper, from top to bottom. */
export type Part =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** A name and what it is, side by side. */
  | { readonly kind: 'pair'; readonly name: string; readonly text: string }
  /** A line to write on. */
  | { readonly kind: 'line'; readonly text: string }

export interface Paper {
  readonly title: string
  /** Stands at the foot of each page. */
  readonly foot: string
  readonly parts: readonly Part[]
}

/** A4 in points, and what stays white. */
const [WIDTH, HEIGHT, MARGIN] = [595.28, 841.89, 62]
const INK = rgb(0.1, 0.1, 0.1)
const SIZES = { title: 18, heading: 13, text: 11, foot: 8 } as const
const NAME_WIDTH = 110
const LEADING = 1.65

/** Lines no wider than this. Chinese breaks anywhere; a run of Latin letters or digits stays together where it can. */
function wrapped(text: string, width: number, size: number, font: PDFFont): readonly string[] {
  const lines: string[] = []
  let [line, used] = ['', 0]
  const widthOf = (piece: string) => font.widthOfTextAtSize(piece, size)
  for (const piece of text.match(/〔U\+[0-9A-F]+〕|[\w@.+/:-]+|./gu) ?? []) {
    for (const part of widthOf(piece) > width ? [...piece] : [piece]) {
      const more = widthOf(part)
      if (line !== '' && used + more > width) {
        lines.push(line)
        line = ''
        used = 0
      }
      line += part
      used += more
    }
  }
  return [...lines, line]
}

/** A pen that goes down the page, and on to the next. */
function pen(document: PDFDocument, font: PDFFont) {
  const pages: PDFPage[] = [document.addPage([WIDTH, HEIGHT])]
  const lettered = new Set<string>()
  let y = HEIGHT - MARGIN
  const page = (): PDFPage => {
    const last = pages.at(-1)
    if (!last) throw new Error('a paper has a page')
    return last
  }
  const room = (height: number): void => {
    if (y - height > MARGIN) return
    pages.push(document.addPage([WIDTH, HEIGHT]))
    y = HEIGHT - MARGIN
  }
  const plain = (text: string): string => {
    const { text: printed, missing } = printable(text)
    for (const character of missing) lettered.add(character)
    return printed
  }
  const write = (text: string, size: number, x = MARGIN, width = WIDTH - MARGIN - x): void => {
    for (const line of wrapped(plain(text), width, size, font)) {
      room(size * LEADING)
      y -= size * LEADING
      page().drawText(line, { x, y, size, font, color: INK })
    }
  }
  return {
    write,
    pages,
    plain,
    lettered,
    gap: (points: number) => {
      y -= points
    },
    /** Both begin on the same line; the taller decides where the next begins. */
    pair: (name: string, text: string) => {
      const size = SIZES.text
      const lines = wrapped(plain(text), WIDTH - 2 * MARGIN - NAME_WIDTH, size, font)
      room(size * LEADING)
      page().drawText(plain(name), { x: MARGIN, y: y - size * LEADING, size, font, color: INK })
      for (const line of lines) {
        room(size * LEADING)
        y -= size * LEADING
        page().drawText(line, { x: MARGIN + NAME_WIDTH, y, size, font, color: INK })
      }
    },
    line: (text: string) => {
      const size = SIZES.text
      y -= 14
      room(size * LEADING)
      y -= size * LEADING
      page().drawText(plain(text), { x: MARGIN, y, size, font, color: INK })
      const from = MARGIN + font.widthOfTextAtSize(plain(text), size) + 6
      page().drawLine({
        start: { x: from, y: y - 3 },
        end: { x: WIDTH - MARGIN, y: y - 3 },
        thickness: 0.6,
        color: INK,
      })
    },
  }
}

function draw(part: Part, to: ReturnType<typeof pen>): void {
  if (part.kind === 'pair') to.pair(part.name, part.text)
  else if (part.kind === 'line') to.line(part.text)
  else {
    if (part.kind === 'heading') to.gap(8)
    to.write(part.text, SIZES[part.kind])
  }
}

/** The paper as bytes. Nothing of the machine or of the moment is written into it but what `parts` say. */
export async function print({ title, foot, parts }: Paper): Promise<Buffer> {
  const document = await PDFDocument.create()
  // pdf-lib types the fontkit of its own authors; this one, which is kept, has the same calls.
  document.registerFontkit(fontkit as unknown as Parameters<PDFDocument['registerFontkit']>[0])
  const font = await document.embedFont(FONT, { subset: true })
  document.setTitle(title, { showInWindowTitleBar: true })
  document.setLanguage('zh-CN')
  const to = pen(document, font)
  to.write(title, SIZES.title)
  to.gap(8)
  for (const part of parts) draw(part, to)
  if (to.lettered.size > 0) {
    to.gap(10)
    to.write(
      `注: 打印字库没有的字以统一码 (GB/T 13000) 表示, 共 ${to.lettered.size} 个: ${[...to.lettered].map((one) => printable(one).text).join('、')}。以证件所载文字为准。`,
      SIZES.foot + 1,
    )
  }
  const count = to.pages.length
  for (const [index, page] of to.pages.entries())
    page.drawText(to.plain(`${foot} · 第 ${index + 1} 页, 共 ${count} 页`), {
      x: MARGIN,
      y: MARGIN - 22,
      size: SIZES.foot,
      font,
      color: INK,
    })
  return Buffer.from(await document.save())
}
