import { Type } from 'typebox'
import { REGION_IDS } from './regions.ts'

/** One of a closed list of words. */
export const word = <const W extends readonly string[]>(words: W) =>
  Type.Unsafe<W[number]>({ type: 'string', enum: [...words] })

/** Text of at most `max` Unicode code points; at least one unless `min` says otherwise. */
export const text = (max: number, min = 1) => Type.String({ minLength: min, maxLength: max })

export const REGION = word(REGION_IDS)
/** Six digits, GB/T 2260. */
export const DIVISION = Type.String({ pattern: '^[1-9][0-9]{5}$' })
/** `yyyy-MM-dd`. */
export const DATE = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' })
/** RFC 3339 with the offset `+08:00`. */
export const DATE_TIME = Type.String({
  pattern:
    '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,3})?[+]08:00$',
})
/** A Chinese name, and an English one where there is one. */
export const Names = Type.Object(
  { zh: text(300), en: Type.Optional(text(300)) },
  { additionalProperties: false },
)

/** Level of assurance: 1 nobody has looked, 2 name and number agree, 3 and 4 a face or a certificate was checked. */
export type Loa = 1 | 2 | 3 | 4
