/**
 * Letters of printed papers: those of our own font, which has what GB/T 2312 has. A character that it lacks, as names have, is never left
 * out: it stands there by its code point, and the paper says so.
 */
import { readFileSync } from 'node:fs'
import { create, type Font } from 'fontkit'

export const FONT = readFileSync(
  new URL('../pictures/assets/noto-sans-sc-medium-gb2312.ttf', import.meta.url),
)

let opened: Font | undefined

/** Opened once, when the first paper is printed. */
function font(): Font {
  if (opened) return opened
  const found = create(FONT)
  if (!('hasGlyphForCodePoint' in found)) throw new Error('the font file holds a collection')
  opened = found
  return found
}

/** How a character without a letter is written. */
const written = (character: string): string =>
  `〔U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}〕`

/** The text as it can be printed, and the characters that are written by their code points in it. */
export function printable(text: string): { readonly text: string; readonly missing: readonly string[] } {
  const missing: string[] = []
  const printed = [...text.normalize('NFC')]
    .map((character) => {
      if (/\s/u.test(character)) return ' '
      if (font().hasGlyphForCodePoint(character.codePointAt(0) ?? 0)) return character
      missing.push(character)
      return written(character)
    })
    .join('')
  return { text: printed, missing }
}
