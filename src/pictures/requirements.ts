/** One requirement at a time: what was measured, against what the rule says of it. Pure. */
import { isWithin, planFor } from './crop.ts'
import type { Measured } from './examine.ts'
import { isOfficial, type PhotoRule } from './rules.ts'
import {
  FACE_WORDS,
  remarked,
  sayAge,
  sayBackground,
  sayBytes,
  sayColour,
  sayDpi,
  sayFormat,
  sayLight,
  sayNoRule,
  sayPixels,
  saySharpness,
  sayTooSmall,
  type Words,
} from './words.ts'

/** `canBeMadeToFit`: `fit` does it, and the resident need do nothing. */
export const VERDICTS = ['fits', 'canBeMadeToFit', 'doesNotFit', 'unchecked'] as const
export type Verdict = (typeof VERDICTS)[number]

/** A verdict on one requirement. */
export interface Judged {
  readonly verdict: Verdict
  /** Whether a text of the authorities stands behind it. Where the rule's own fact is none, the sentences say so. */
  readonly isOfficial: boolean
  /** What was measured and what was wanted. */
  readonly numbers: Readonly<Record<string, number | string>>
  readonly words: Words
}

/** The days that a judgement stands on, `yyyy-MM-dd` in Shanghai. */
export interface Days {
  /** Null where nobody knows. */
  readonly takenOn: string | null
  readonly today: string
}

type Look = (measured: Measured, rule: PhotoRule, days: Days) => Judged

/** Our own marks, from trying: beyond them a person sees the fault at once. Luma 0 to 255; variance of the Laplacian. */
const MARKS = { dark: 60, bright: 248, flat: 12, blurred: 8 } as const

/** By a fact of the rule. */
const by = (
  fact: { readonly confidence: PhotoRule['pixels']['confidence'] },
  verdict: Verdict,
  words: Words,
  numbers: Judged['numbers'] = {},
): Judged => ({ verdict, isOfficial: isOfficial(fact), numbers, words: remarked(words, isOfficial(fact)) })

/** By our own judgement: advice, where it asks the resident for something. */
const byUs = (verdict: Verdict, words: Words, numbers: Judged['numbers'] = {}): Judged => ({
  verdict,
  isOfficial: false,
  numbers,
  words: remarked(words, verdict !== 'doesNotFit'),
})

const format: Look = ({ format }) => {
  const verdict = format === 'jpeg' ? 'fits' : 'canBeMadeToFit'
  return byUs(verdict, sayFormat[verdict], { format })
}

const pixels: Look = (measured, rule) => {
  const { pixels: fact } = rule
  const { width, height } = measured
  const numbers = { width, height }
  if (isWithin(measured, fact.value)) return by(fact, 'fits', sayPixels.fits(measured), numbers)
  const plan = planFor(measured, fact.value)
  if (!plan) return by(fact, 'doesNotFit', sayTooSmall(rule, measured), numbers)
  const { target } = plan
  return by(fact, 'canBeMadeToFit', sayPixels.canBeMadeToFit(measured, target), {
    ...numbers,
    wantedWidth: target.width,
    wantedHeight: target.height,
  })
}

const dpi: Look = (measured, rule) => {
  if (!rule.dpi) return byUs('unchecked', sayNoRule({ zh: '打印精度', en: 'resolution for printing' }))
  const wanted = rule.dpi.value
  const verdict = measured.dpi === wanted ? 'fits' : 'canBeMadeToFit'
  return by(rule.dpi, verdict, sayDpi[verdict](wanted), { dpi: measured.dpi ?? 0, wanted })
}

const bytes: Look = (measured, rule) => {
  if (!rule.bytes) return byUs('unchecked', sayNoRule({ zh: '文件大小', en: 'size of the file' }))
  const { min, max } = rule.bytes.value
  const numbers = {
    bytes: measured.bytes,
    ...(min === null ? {} : { wantedMin: min }),
    ...(max === null ? {} : { wantedMax: max }),
  }
  const isIn = measured.bytes >= (min ?? 0) && measured.bytes <= (max ?? Number.POSITIVE_INFINITY)
  return isIn
    ? by(rule.bytes, 'fits', sayBytes.fits(measured.bytes), numbers)
    : by(rule.bytes, 'canBeMadeToFit', sayBytes.canBeMadeToFit(measured.bytes, min, max), numbers)
}

const background: Look = ({ background: { tone, colour, uniformity } }, rule) => {
  const [red, green, blue] = colour
  const numbers = { red, green, blue, uniformity: Math.round(uniformity * 100) / 100 }
  const { background: fact, paleBackground } = rule
  if (tone === 'white') return by(fact, 'fits', sayBackground.white, numbers)
  if (tone === 'pale' && paleBackground?.value)
    return by(paleBackground, 'unchecked', sayBackground.paleTaken, numbers)
  return by(fact, 'doesNotFit', sayBackground[tone], numbers)
}

const colour: Look = ({ isGrey }, { colour: fact }) => {
  const verdict = isGrey ? 'doesNotFit' : 'fits'
  return by(fact, verdict, sayColour[verdict])
}

const light: Look = ({ brightness, contrast }) => {
  const numbers = { brightness: Math.round(brightness), contrast: Math.round(contrast) }
  if (brightness < MARKS.dark) return byUs('doesNotFit', sayLight.dark, numbers)
  if (brightness > MARKS.bright) return byUs('doesNotFit', sayLight.bright, numbers)
  if (contrast < MARKS.flat) return byUs('doesNotFit', sayLight.flat, numbers)
  return byUs('fits', sayLight.fits, numbers)
}

const sharpness: Look = (measured) => {
  const verdict = measured.sharpness < MARKS.blurred ? 'doesNotFit' : 'fits'
  return byUs(verdict, saySharpness[verdict], { sharpness: Math.round(measured.sharpness) })
}

const age: Look = (_, rule, { takenOn, today }) => {
  if (!rule.maxAge) return byUs('unchecked', sayNoRule({ zh: '拍摄时间', en: 'age of a photo' }))
  const { months } = rule.maxAge.value
  if (takenOn === null) return by(rule.maxAge, 'unchecked', sayAge.unknown(months), { months })
  const numbers = { months, takenOn, until: monthsAfter(takenOn, months) }
  if (takenOn > today) return by(rule.maxAge, 'unchecked', sayAge.ahead, numbers)
  return today <= numbers.until
    ? by(rule.maxAge, 'fits', sayAge.fits(takenOn), numbers)
    : by(rule.maxAge, 'doesNotFit', sayAge.doesNotFit(takenOn, rule), numbers)
}

/** The same day so many months later, or the last day of that month where it has no such day. Dates are `yyyy-MM-dd`. */
export function monthsAfter(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10)
}

const unseen =
  (what: keyof typeof FACE_WORDS): Look =>
  () =>
    byUs('unchecked', FACE_WORDS[what])

/** Every requirement, in the order in which a person reads them. The last four need somebody who sees the face. */
export const LOOKS = {
  pixels,
  background,
  age,
  light,
  sharpness,
  colour,
  format,
  dpi,
  bytes,
  oneFace: unseen('oneFace'),
  headSize: unseen('headSize'),
  eyesOpen: unseen('eyesOpen'),
  bareHead: unseen('bareHead'),
} as const satisfies Readonly<Record<string, Look>>
