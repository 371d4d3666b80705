/**
 * Reading what a region tells, of accounts, photos and licences: answers that fit their schema, words for its codes, members that may
 * be unreadable, and whose an answer is.
 */
import type { Static, TSchema } from 'typebox'
import { GatewayError } from '../../errors.ts'
import { matchText } from '../../schemas/identifiers/match.ts'
import { isSameName } from '../../schemas/names.ts'
import type { RegionId } from '../../schemas/regions.ts'
import { validator } from '../../schemas/validate.ts'
import { asInteger } from './codecs.ts'
import type { Alarms } from './codes.ts'
import type { FoundPhoto } from './holdings.ts'
import { isAbsent } from './table.ts'
import type { Holder, RawStatus } from './values.ts'

/** An answer that does not fit. It names the operation and what was wrong, never what stood there. */
export const answerInvalid = (
  region: string,
  operation: string,
  reason: string,
  where: Readonly<Record<string, string>> = {},
) => new GatewayError('REGION_ANSWER_INVALID', { region, operation, reason, ...where })

/** Checks an answer by its schema before anything of it is read. @throws GatewayError `REGION_ANSWER_INVALID` */
export function fitting<Schema extends TSchema>(schema: Schema, region: string) {
  const check = validator(schema)
  return (told: unknown, operation: string): Static<Schema> => {
    const faults = check(told)
    if (faults) throw answerInvalid(region, operation, 'schema', { member: faults[0]?.pointer ?? '' })
    // The schema has just been checked, so the value has the shape that it describes.
    return told as Static<Schema>
  }
}

/** A member that platforms write as a number or as text, and in three ways where it is absent. */
export type Member = string | number | null | undefined

/** A member as text; nothing for what is absent. */
export const saidIn = (member: Member): string | undefined => (isAbsent(member) ? undefined : String(member))

/** A code in canonical words. One that no table knows is `unknown` and alarmed; one that was not told is `unknown` too. */
export function wordOf<Word extends string>(
  table: { readonly name: string; readonly find: (code: string) => Word | undefined },
  code: string,
  alarms: Alarms,
): Word | 'unknown' {
  const word = table.find(code)
  if (word === undefined && code !== '') alarms.push({ table: table.name, code: code.slice(0, 40) })
  return word ?? 'unknown'
}

/** A code as it came, with the contract's name for it. */
export const rawOf = (labels: Readonly<Record<string, string>>, code: string): RawStatus => ({
  code,
  label: (Object.hasOwn(labels, code) ? labels[code] : undefined) ?? '',
})

/** Whether two answers tell of one photo, where each has a new identifier for it and no digest tells them apart: day, source, pixels. */
export const isSamePhoto = (one: FoundPhoto, other: FoundPhoto): boolean =>
  one.takenOn === other.takenOn &&
  one.rawSource.code === other.rawSource.code &&
  one.width === other.width &&
  one.height === other.height

/** What is wrong with one region's answers, told without what stood there. */
export const answersOf = (region: RegionId) => {
  /** A REGION_ANSWER_INVALID: operation and what was wrong. */
  const invalid = (operation: string, reason: string, member?: string): GatewayError =>
    answerInvalid(region, operation, reason, member === undefined ? {} : { member })
  /** Reads a member whose codec may find it unreadable. @throws GatewayError `REGION_ANSWER_INVALID` naming the member */
  const readAt = <T>(operation: string, member: string, read: () => T): T => {
    try {
      return read()
    } catch (error) {
      if (error instanceof GatewayError && error.code === 'FIELD_UNREADABLE')
        throw invalid(operation, 'unreadable', member)
      throw error
    }
  }
  return {
    invalid,
    readAt,
    /** A whole number; nothing for what is absent. @throws GatewayError `REGION_ANSWER_INVALID` naming the member */
    countAt: (operation: string, member: string, told: Member): number | undefined =>
      isAbsent(told) ? undefined : readAt(operation, member, () => asInteger(told)),
    /**
     * Looks whether an answer is about the holder who was asked for.
     * @throws GatewayError `REGION_ANSWER_INVALID` for another number, `HOLDER_MISMATCH` for another name under the same number
     */
    checkHolder: (
      told: { readonly name: string; readonly number: string },
      { name, idDocument }: Holder,
      operation: string,
    ): void => {
      if (matchText({ ...idDocument, number: told.number }) !== matchText(idDocument))
        throw invalid(operation, 'another holder')
      if (!isSameName(told.name, name)) throw new GatewayError('HOLDER_MISMATCH', { region, operation })
    },
  }
}
