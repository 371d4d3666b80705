/** The pictures that the played regions serve: drawn figures, nobody's likeness. `scripts/sandbox-portraits.ts` made them. */
import { createHash } from 'node:crypto'
import pictures from './pictures.json' with { type: 'json' }

/** One JPEG. */
export interface Picture {
  /** Pixels. */
  readonly width: number
  readonly height: number
  readonly bytes: Buffer
  /** Lower-case hex SM3 of the bytes. */
  readonly sm3: string
}

function pictureOf({ width, height, base64 }: { width: number; height: number; base64: string }): Picture {
  const bytes = Buffer.from(base64, 'base64')
  return { width, height, bytes, sm3: createHash('sm3').update(bytes).digest('hex') }
}

/** Photos of a document: 358 × 441, but numbers 4 (a passport's), 13 and 17 (a driving licence's). */
const PORTRAITS: readonly Picture[] = pictures.portraits.map(pictureOf)

/** A portrait by its number, counted from 1; numbers go round. */
export function portrait(number: number): Picture {
  const found = PORTRAITS[(number - 1) % PORTRAITS.length]
  if (!found) throw new Error(`There is no portrait ${number}.`)
  return found
}

/** The picture of any licence, small. */
export const THUMBNAIL: Picture = pictureOf(pictures.thumbnail)
