/** Values for the property tests, and what a trace must hold. */
import fc from 'fast-check'
import { leaves } from '../../schemas/pointers.ts'
import type { Note } from './trace.ts'

/** Text with Chinese, a rare character and the characters that XML and JSON escape; XML keeps no outer blanks. */
export const text = (max: number, min = 1) =>
  fc
    .string({
      unit: fc.constantFrom(...'甲乙镕〔〕;=,&<>"\'\\/ ]]>{}一Aa0', '𠮷'),
      minLength: min,
      maxLength: max,
    })
    .filter((one) => one === one.trim() && [...one].length >= min && [...one].length <= max)
/** A label of a choice: the semicolon parts choices. */
export const label = text(8).map((one) => one.replaceAll(';', '；'))
/** An item of a list that commas part. */
export const item = text(8).map((one) => one.replaceAll(',', '，'))
export const digits = (count: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: count, maxLength: count })
export const divisions = fc.constantFrom('310000', '320500', '330100', '331100', '340100', '341300')
export const instants = fc
  .date({ min: new Date('2001-01-01'), max: new Date('2098-12-31'), noInvalidDate: true })
  .map((one) => `${one.toISOString().slice(0, 19)}+08:00`)
/** Members that may be absent are absent, never `undefined`. */
export const some = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }, required: (keyof T)[]) =>
  fc.record(model, { requiredKeys: required, noNullPrototype: true }) as unknown as fc.Arbitrary<T>
export const all = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  some<T>(model, Object.keys(model) as (keyof T)[])

/** Every leaf of the canonical document stands in the trace of what was written from it. */
export function untold(canon: object, write: (notes: Note[]) => unknown): readonly string[] {
  const notes: Note[] = []
  write(notes)
  const told = notes.flatMap((one) => one.canon)
  return leaves(canon).filter((leaf) => !told.some((one) => leaf === one || leaf.startsWith(`${one}/`)))
}
