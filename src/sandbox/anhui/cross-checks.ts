import { entryOf } from '../entries.ts'
import type { Application, HandedFile, HandedMaterial, ServiceInfo } from './application-shapes.ts'
import type { FormField, Material, Matter } from './catalogue.ts'
import { isResidentId } from './check-digits.ts'
import { digits, type Fits, isPhone, lengthOf } from './formats.ts'
import { licenceOf } from './holdings.ts'
import type { Office } from './office.ts'
import { BadMember } from './refusals.ts'
import { may, must, readLeaves } from './shapes.ts'
import type { CaseRecord } from './state.ts'
import { isDay } from './times.ts'
import type { XmlElement } from './xml.ts'

/** What each type of form field takes besides its length (contract 4a, `formJson`). */
const FIELD_TYPES: Readonly<Record<string, Fits>> = {
  date: isDay,
  number: (value) => /^\d+(\.\d{1,2})?$/.test(value),
  area: digits(12, 12),
  idcard: isResidentId,
  phone: isPhone,
}

function fieldFits(field: FormField): Fits {
  const max = field.maxLength === '' ? 200 : Number(field.maxLength)
  const choices = field.code.split(';').map((pair) => pair.split(':', 1)[0])
  return (value) => {
    if (lengthOf(value) > max) return false
    return field.type === 'select' ? choices.includes(value) : (FIELD_TYPES[field.type]?.(value) ?? true)
  }
}

function checkForm(matter: Matter, form: XmlElement): void {
  const rules = [...matter.form.values()].map((field) => {
    const fits = fieldFits(field)
    return [field.name, field.required === '1' ? must(fits) : may(fits)] as const
  })
  readLeaves(form, Object.fromEntries(rules))
}

function checkMatterData(info: ServiceInfo, matter: Matter): void {
  const expected: readonly (readonly [keyof ServiceInfo, boolean])[] = [
    ['SERVICENAME', info.SERVICENAME === matter.serviceName],
    ['INFOTYPE_CODE', info.INFOTYPE_CODE === matter.infoTypeCode],
    ['DEPTID', info.DEPTID === matter.deptId],
    ['DEPTNAME', info.DEPTNAME === matter.deptName],
    ['ADDTYPE', matter.addType.split(',').includes(info.ADDTYPE)],
    ['AREACODE', info.AREACODE === matter.areaCode],
  ]
  for (const [name, isRight] of expected) if (!isRight) throw new BadMember(name)
}

function isTakeTypeAllowed({ takeType, isNeed, styleCode }: Material, asked: string): boolean {
  // A licence stands for a material of its type whatever the list of ways says.
  if (asked === '5') return styleCode !== ''
  if (asked === '4' && (isNeed === '2' || isNeed === '3')) return true
  return takeType.split(',').includes(asked)
}

function isOwnValidLicence(office: Office, certId: string, material: Material, ownerId: string): boolean {
  const licence = licenceOf(office, certId)
  return licence?.state === '1' && licence.typeCode === material.styleCode && licence.owner.number === ownerId
}

function checkFile(office: Office, handed: HandedMaterial, file: HandedFile): void {
  const stored = entryOf(office.state.files, file.FILEURL)
  if (stored === undefined || stored.unid !== handed.UNID || stored.attrId !== handed.ATTRID) {
    throw new BadMember('FILEURL')
  }
  if (stored.fileName !== file.FILENAME) throw new BadMember('FILENAME')
  if (stored.filePwd !== file.FILEPWD) throw new BadMember('FILEPWD')
}

function checkMaterial(office: Office, matter: Matter, handed: HandedMaterial, ownerId: string): void {
  const material = matter.materials.get(handed.ATTRID)
  if (material === undefined) throw new BadMember('ATTRID')
  if (material.attrName !== handed.ATTRNAME) throw new BadMember('ATTRNAME')
  if (!isTakeTypeAllowed(material, handed.TAKETYPE)) throw new BadMember('TAKETYPE')
  if (handed.TAKETYPE === '5' && !isOwnValidLicence(office, handed.MEMO, material, ownerId)) {
    throw new BadMember('MEMO')
  }
  for (const file of handed.files) checkFile(office, handed, file)
}

/** The last check of contract 4b: whether an application fits its number, its matter, its materials and its form. */
export function checkContent(
  office: Office,
  record: CaseRecord,
  matter: Matter,
  { info, materials, form }: Application,
): void {
  if (record.state !== '00' && info.PROJID === '') throw new BadMember('PROJID')
  if (record.serviceCode !== matter.sc) throw new BadMember('SERVICECODE')
  checkMatterData(info, matter)
  for (const handed of materials) checkMaterial(office, matter, handed, info.APPLY_CARDNUMBER)
  const handedIn = new Set(materials.filter(({ ISTAKE }) => ISTAKE === '1').map(({ ATTRID }) => ATTRID))
  for (const { attrId, isNeed } of matter.materials.values()) {
    if (isNeed === '0' && !handedIn.has(attrId)) throw new BadMember('attrXml')
  }
  checkForm(matter, form)
}
