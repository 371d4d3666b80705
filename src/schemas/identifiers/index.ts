/**
 * Identity documents by their code, and the check that each allows.
 *
 * Codes 111, 114, 414, 511, 516 and 553 stand in GA/T 2000.156-2016 as public copies of it list them. 001, 099 and 999 are
 * what the regions' interfaces use beside it (the standard itself has 811 for organisation codes and 990 for others). It has
 * no code for 港澳台居民居住证, which came later: its 554 is 外国人居留证. Such a permit is filed as 111, since its number
 * has that form; the check tells the two apart by `kind`.
 */
import { foreignPermanentResidence } from './foreign-permanent-residence.ts'
import { organisationCode } from './organisation-code.ts'
import { hkMacaoPermit, officerCard, otherDocument, passport, taiwanPermit } from './other-documents.ts'
import { residentId } from './resident-id.ts'
import type { Checked } from './result.ts'
import { uscc } from './uscc.ts'

/** Names of the types, by code. */
export const ID_DOCUMENT_TYPES: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  '111': { zh: '居民身份证', en: 'Resident identity card' },
  '001': { zh: '统一社会信用代码', en: 'Unified social credit code' },
  '414': { zh: '护照', en: 'Passport' },
  '516': { zh: '港澳居民来往内地通行证', en: 'Mainland travel permit for Hong Kong and Macao residents' },
  '511': { zh: '台湾居民来往大陆通行证', en: 'Mainland travel permit for Taiwan residents' },
  '114': { zh: '军官证', en: 'Officer’s card' },
  '553': { zh: '外国人永久居留身份证', en: 'Foreign permanent resident identity card' },
  '099': { zh: '组织机构代码', en: 'Organisation code' },
  '999': { zh: '其他', en: 'Other' },
}

const CHECKS: ReadonlyMap<string, (number: string, today?: Date) => Checked> = new Map([
  ['111', residentId.validate],
  ['001', uscc.validate],
  ['414', passport.validate],
  ['516', hkMacaoPermit.validate],
  ['511', taiwanPermit.validate],
  ['114', officerCard.validate],
  ['553', foreignPermanentResidence.validate],
  ['099', organisationCode.validate],
])

/**
 * Checks an identity document. A type without a rule of its own may have 1 to 30 visible characters.
 * @param today the moment after which nobody can be born; left out, the future is not looked at
 */
export function checkIdDocument(
  document: { readonly type: string; readonly number: string },
  today?: Date,
): Checked {
  const check = CHECKS.get(document.type) ?? otherDocument.validate
  return check(document.number, today)
}

const OF_PERSONS: ReadonlySet<string> = new Set(['111', '114', '414', '511', '516', '553'])
const OF_ORGANISATIONS: ReadonlySet<string> = new Set(['001', '099'])

/**
 * Whether an applicant of that kind may stand under a document of that type: an organisation under its credit or organisation
 * code, or one that has no code of its own (`999`); a person under all but those two codes.
 */
export const mayHold = (kind: 'person' | 'organisation', type: string): boolean =>
  !(kind === 'person' ? OF_ORGANISATIONS : OF_PERSONS).has(type)
