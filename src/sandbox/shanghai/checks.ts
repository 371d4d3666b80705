/** Members of requests: unknown first, then one by one in the order of the table (contract 3.5). */

import { isDateTime, lengthOf } from './formats.ts'
import type { Plain } from './state.ts'

/** A refusal in Shanghai's own shape. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly errorCode: string
  readonly data: unknown
  constructor(errorCode: string, msg: string, data?: unknown) {
    super(msg)
    this.errorCode = errorCode
    this.data = data
  }
}

export const wrong = (member: string): Refused => new Refused('PARAM_ERROR', `参数错误:${member}`)

/** Answers whether a value will do. */
export type Rule = (value: unknown) => boolean
/** Member, whether it must be there, and its rule. */
export type Shape = readonly (readonly [name: string, need: 'R' | 'O', rule: Rule])[]

export const text =
  (max = 100, min = 1): Rule =>
  (value) =>
    typeof value === 'string' && lengthOf(value) >= min && lengthOf(value) <= max
export const form =
  (pattern: RegExp): Rule =>
  (value) =>
    typeof value === 'string' && pattern.test(value)
export const word =
  (...words: string[]): Rule =>
  (value) =>
    typeof value === 'string' && words.includes(value)
export const dateTime: Rule = (value) => typeof value === 'string' && isDateTime(value)
export const integer =
  (min: number, max: number): Rule =>
  (value) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max

/** @throws Refused naming the first wrong member, dotted under `prefix`. */
export function checkMembers(body: Plain, shape: Shape, prefix = ''): void {
  const known = new Set(shape.map(([name]) => name))
  for (const name of Object.keys(body)) if (!known.has(name)) throw wrong(prefix + name)
  for (const [name, need, rule] of shape) {
    const value = body[name]
    if (value === undefined) {
      if (need === 'R') throw wrong(prefix + name)
      continue
    }
    if (!rule(value)) throw wrong(prefix + name)
  }
}

export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const APPLY_NO = /^CSJ\d{15}$/
export const ANY_NO = /^(CSJ)?\d{15}$/
export const ID32 = /^[0-9a-f]{32}$/
