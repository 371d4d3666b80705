import type { FormField, Matter } from './catalogue.ts'
import { isCreditCode, isResidentId } from './check-digits.ts'
import { isAreaCode } from './cities.ts'
import { fileAt } from './file-store.ts'
import { licenceOf, VALID } from './holdings.ts'
import type { Office } from './office.ts'
import { BusinessRefusal, badMember } from './refusals.ts'
import { jsonObject } from './requests.ts'
import { codePoints } from './shapes.ts'
import type { HandedMaterial } from './state.ts'
import { isDay } from './times.ts'

/** Whom and what the materials are checked against. */
export interface MaterialTerms {
  readonly projId: string
  readonly matter: Matter
  readonly applicantNumber: string
  /** Whether 容缺后补 can be said at all: not in an answer to a correction request. */
  readonly mayBeLater: boolean
  /** The materials that have to be in the list. */
  readonly wanted: readonly string[]
}

function checkOne(office: Office, handed: HandedMaterial, path: string, terms: MaterialTerms): void {
  const material = terms.matter.materials.get(handed.suffId)
  if (material === undefined) throw badMember(`${path}.suffId`)
  if (handed.takeType === '容缺后补' && !(terms.mayBeLater && material.deferrable)) {
    throw badMember(`${path}.takeType`)
  }
  if (handed.takeType === '证照库') {
    if (material.certTypeCode === '') throw badMember(`${path}.takeType`)
    const licence = licenceOf(office, handed.certificateSourceId ?? '')
    const isGood =
      licence?.status === VALID &&
      licence.typeCode === material.certTypeCode &&
      licence.holder.number === terms.applicantNumber
    if (!isGood) throw new BusinessRefusal('C-CERT-NOT-EXIST')
  }
  for (const { attPath } of handed.attachMentVOs) {
    const file = fileAt(office, attPath)
    if (file?.projId !== terms.projId || file.suffId !== handed.suffId) {
      throw new BusinessRefusal('C-ATTACH-NOT-EXIST')
    }
  }
}

/** Each material in list order, then the missing ones (contract 4.b.2, order of the cross-checks). */
export function checkMaterials(
  office: Office,
  handed: readonly HandedMaterial[],
  terms: MaterialTerms,
): void {
  const seen = new Set<string>()
  for (const [index, material] of handed.entries()) {
    const path = `suffInfoList[${index}]`
    if (seen.has(material.suffId)) throw badMember(`${path}.suffId`)
    seen.add(material.suffId)
    checkOne(office, material, path, terms)
  }
  const missing = terms.wanted.filter((id) => !seen.has(id))
  if (missing.length > 0) throw new BusinessRefusal('C-AFFAIR-MATERIAL-MISSING', missing.join(','))
}

const FIELD_CHECKS: Readonly<Record<string, (value: string, field: FormField) => boolean>> = {
  text: (value, { maxLen }) => codePoints(value) <= maxLen,
  date: isDay,
  number: (value) => /^\d{1,12}(\.\d{1,2})?$/.test(value),
  phone: (value) => /^1\d{10}$/.test(value),
  idcard: isResidentId,
  usci: isCreditCode,
  // A city ends in 00 here: the platform's own area codes are the trap of this field type.
  region: (value) => /^\d{6}$/.test(value) && !isAreaCode(value),
  select: (value, { code }) => code.split(';').some((option) => option.split('=', 1)[0] === value),
}

/**
 * The values of a form by the matter's fields. Gives them as texts; an unknown field, a value that is no text or
 * does not fit, and an empty value of a required field are refused by the field's path (contract 4.a.2, 4.b.2).
 */
export function checkForm(matter: Matter, affFormInfo: string): Readonly<Record<string, string>> {
  const values = Object.entries(jsonObject(affFormInfo) ?? {})
  const form: [string, string][] = []
  for (const [name, value] of values) {
    const path = `affFormInfo.${name}`
    const field = matter.form.get(name)
    if (field === undefined || typeof value !== 'string') throw badMember(path)
    if (value === '' && field.required === '1') throw badMember(path)
    if (value !== '' && FIELD_CHECKS[field.type]?.(value, field) !== true) throw badMember(path)
    form.push([name, value])
  }
  return Object.fromEntries(form)
}

/** Refuses a form in which one of these fields is not there or is empty. */
export function checkFieldsPresent(form: Readonly<Record<string, string>>, names: Iterable<string>): void {
  for (const name of names) {
    if (!Object.hasOwn(form, name) || form[name] === '') throw badMember(`affFormInfo.${name}`)
  }
}
