/** How old a person is, by their identity number: below fourteen a guardian agrees (PIPL art. 31), and a guardian is of full age. */
import type { IdDocument } from '../../schemas/application.ts'
import { residentId } from '../../schemas/identifiers/resident-id.ts'
import { formatInstant } from '../../schemas/instants.ts'

export const CHILD_BELOW = 14
export const ADULT_FROM = 18

/** Whole years; `undefined` where the number tells no birth date. */
export function ageOf({ type, number }: IdDocument, now: Date): number | undefined {
  if (type !== '111') return undefined
  const read = residentId.validate(number)
  if (!read.ok) return undefined
  const today = formatInstant(now).slice(0, 10)
  const years = Number(today.slice(0, 4)) - Number(read.birthDate.slice(0, 4))
  // Whoever is born on the 29th of February is a year older on the 1st of March.
  return today.slice(5) < read.birthDate.slice(5) ? years - 1 : years
}

/** Whether a guardian must agree. A person whose age nobody knows agrees in person. */
export const isChild = (document: IdDocument, now: Date): boolean => {
  const age = ageOf(document, now)
  return age !== undefined && age < CHILD_BELOW
}
