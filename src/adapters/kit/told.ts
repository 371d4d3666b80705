/** Reading what a region tells of photos and licences: words for its codes, members that may be unreadable, and whose an answer is. */
import { GatewayError } from '../../errors.ts'
import type { RegionId } from '../../schemas/common.ts'
import { matchText } from '../../schemas/identifiers/match.ts'
import { isSameName } from '../../schemas/names.ts'
import type { Alarms } from './codes.ts'
import { answerInvalid } from './log-in.ts'
import type { Holder, RawStatus } from './values.ts'

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

/** What is wrong with one region's answers, told without what stood there. */
export const answersOf = (region: RegionId) => {
  /** A REGION_ANSWER_INVALID: operation and what was wrong. */
  const invalid = (operation: string, reason: string, member?: string): GatewayError =>
    answerInvalid(region, operation, reason, member === undefined ? {} : { member })
  return {
    invalid,
    /** Reads a member whose codec may find it unreadable. @throws GatewayError `REGION_ANSWER_INVALID` naming the member */
    readAt: <T>(operation: string, member: string, read: () => T): T => {
      try {
        return read()
      } catch (error) {
        if (error instanceof GatewayError && error.code === 'FIELD_UNREADABLE')
          throw invalid(operation, 'unreadable', member)
        throw error
      }
    },
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
