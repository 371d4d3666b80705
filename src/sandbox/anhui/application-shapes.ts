import { isAreaCode } from './cities.ts'
import {
  digits,
  isCallbackUrl,
  isCardNumber,
  isHex32,
  isJsonObject,
  isPhone,
  LEGAL_CARD,
  oneOf,
  PERSON_CARDS,
  upTo,
} from './formats.ts'
import type { Office } from './office.ts'
import { BadMember } from './refusals.ts'
import { may, must, readBlocks, readLeaves, readXml, type Texts } from './shapes.ts'
import { isDateTime } from './times.ts'
import type { XmlElement } from './xml.ts'

/** Labels of `INFOTYPE_CODE` (contract 5.5). */
const CASE_TYPES: Readonly<Record<string, string>> = {
  '1': '即办件',
  '2': '承诺件',
  '3': '联办件',
  '4': '上报件',
}

function infoRules(office: Office) {
  const { applyFrom, belongSystem } = office.config.options
  return {
    UNID: must(isHex32),
    PROJID: may(),
    PROJPWD: must(),
    SERVICECODE: must(),
    SERVICEVERSION: must(digits(1, 10)),
    SERVICENAME: must(),
    PROJECTNAME: must(upTo(200)),
    infoType: must(),
    INFOTYPE_CODE: must(oneOf('1', '2', '3', '4')),
    IS_MULTI: must(oneOf('0', '1')),
    MULTI_ID: may(isHex32),
    APPLYNAME: must(upTo(100)),
    APPLY_CARDTYPE: must(oneOf(...PERSON_CARDS, LEGAL_CARD)),
    APPLY_CARDNUMBER: must(),
    CONTACTMAN: must(upTo(50)),
    CONTACTMAN_CARDTYPE: may(oneOf(...PERSON_CARDS)),
    CONTACTMAN_CARDNUMBER: may(),
    TELPHONE: may(isPhone),
    POSTCODE: may(digits(6, 6)),
    ADDRESS: may(upTo(200)),
    LEGALMAN: may(upTo(50)),
    DEPTID: must(),
    DEPTNAME: must(),
    RECEIVE_USEID: may(upTo(50)),
    RECEIVE_NAME: may(upTo(50)),
    APPLYFROM: must(oneOf(applyFrom)),
    ADDTYPE: must(oneOf('1', '2')),
    handleState: must(oneOf('01')),
    BELONGTO: may(upTo(50)),
    AREACODE: must(isAreaCode),
    dataState: must(oneOf('1')),
    BELONGSYSTEM: must(oneOf(belongSystem)),
    EXTEND: may((value) => upTo(2000)(value) && isJsonObject(value)),
  }
}

/** `SERVICEINFO` of an application. */
export type ServiceInfo = Texts<keyof ReturnType<typeof infoRules>>

const MATERIAL_RULES = {
  UNID: must(isHex32),
  ATTRNAME: must(),
  ATTRID: must(),
  SORTID: must(digits(1, 5)),
  TAKETYPE: must(oneOf('1', '2', '3', '4', '5')),
  ISTAKE: must(oneOf('0', '1')),
  AMOUNT: must(digits(1, 3)),
  TAKETIME: may(isDateTime),
  MEMO: may(upTo(200)),
}

const FILE_RULES = { FILENAME: must(), FILEURL: must(), FILEPWD: must() }

/** One file of a material as it was handed in. */
export type HandedFile = Texts<keyof typeof FILE_RULES>

/** One material as it was handed in (contract 4b, `attrXml`). */
export interface HandedMaterial extends Texts<keyof typeof MATERIAL_RULES> {
  readonly files: readonly HandedFile[]
}

/** An application whose shape is right; whether it fits its matter is asked later. */
export interface Application {
  readonly info: ServiceInfo
  readonly callTime: string
  readonly callbackUrl: string
  readonly materials: readonly HandedMaterial[]
  readonly form: XmlElement
}

/** Rules between the members of `SERVICEINFO`. Throws `BadMember` in the order of the contract's table. */
function checkInfo(info: ServiceInfo): void {
  const isLegal = info.ADDTYPE === '2'
  const insist = (isRight: boolean, name: keyof ServiceInfo) => {
    if (!isRight) throw new BadMember(name)
  }
  insist(info.infoType === CASE_TYPES[info.INFOTYPE_CODE], 'infoType')
  insist((info.IS_MULTI === '1') === (info.MULTI_ID !== ''), 'MULTI_ID')
  insist((info.APPLY_CARDTYPE === LEGAL_CARD) === isLegal, 'APPLY_CARDTYPE')
  insist(isCardNumber(info.APPLY_CARDTYPE, info.APPLY_CARDNUMBER), 'APPLY_CARDNUMBER')
  const [type, number] = [info.CONTACTMAN_CARDTYPE, info.CONTACTMAN_CARDNUMBER]
  insist(type !== '' || (number === '' && !isLegal), 'CONTACTMAN_CARDTYPE')
  insist(type === '' || isCardNumber(type, number), 'CONTACTMAN_CARDNUMBER')
  insist((info.LEGALMAN !== '') === isLegal, 'LEGALMAN')
}

function filesOf(record: XmlElement): readonly HandedFile[] {
  const block = record.children.find(({ name }) => name === 'FILES')
  if (block === undefined) return []
  if (block.text !== '') throw new BadMember('FILES')
  return block.children.map((file) => {
    if (file.name !== 'FILEINFO') throw new BadMember(file.name)
    if (file.text !== '') throw new BadMember('FILEINFO')
    return readLeaves(file, FILE_RULES)
  })
}

function materialOf(record: XmlElement, unid: string): HandedMaterial {
  if (record.name !== 'RECORD') throw new BadMember(record.name)
  if (record.text !== '') throw new BadMember('RECORD')
  const texts = readLeaves(record, MATERIAL_RULES, ['FILES'])
  const files = filesOf(record)
  const isTaken = texts.ISTAKE === '1'
  if (texts.UNID !== unid) throw new BadMember('UNID')
  if (isTaken && texts.TAKETYPE === '4') throw new BadMember('ISTAKE')
  if (isTaken && texts.TAKETIME === '') throw new BadMember('TAKETIME')
  if (texts.TAKETYPE === '5' && texts.MEMO === '') throw new BadMember('MEMO')
  const needsFiles = isTaken && (texts.TAKETYPE === '2' || texts.TAKETYPE === '3')
  if (needsFiles !== files.length > 0) throw new BadMember('FILES')
  return { ...texts, files }
}

function materialsOf(root: XmlElement, unid: string): readonly HandedMaterial[] {
  if (root.text !== '') throw new BadMember('attrXml')
  const materials = root.children.map((record) => materialOf(record, unid))
  if (new Set(materials.map(({ ATTRID }) => ATTRID)).size !== materials.length) throw new BadMember('ATTRID')
  return materials
}

/** Reads an application as far as it can be judged without the matter: the first `02` of contract 4b. */
export function readApplication(office: Office, fields: ReadonlyMap<string, string>): Application {
  const { caller, issue } = office.config.options
  const infoRoot = readXml(fields, 'apasInfoXml', 'RECORD')
  const attrRoot = readXml(fields, 'attrXml', 'RECORDS')
  const formRoot = readXml(fields, 'formXml', 'RECORD')
  const { CALLINFO, SERVICEINFO } = readBlocks(infoRoot, ['CALLINFO', 'SERVICEINFO'])
  const call = readLeaves(CALLINFO, {
    CALLER: must(oneOf(caller)),
    CALLTIME: must(isDateTime),
    CALLBACK_URL: must(isCallbackUrl),
    ISSUE: must(oneOf(issue)),
  })
  const info = readLeaves(SERVICEINFO, infoRules(office))
  checkInfo(info)
  const materials = materialsOf(attrRoot, info.UNID)
  const { UNID } = readLeaves(formRoot, { UNID: must(isHex32) }, ['FORMDATA'])
  if (UNID !== info.UNID) throw new BadMember('UNID')
  const form = formRoot.children.find(({ name }) => name === 'FORMDATA')
  if (form === undefined || form.text !== '') throw new BadMember('FORMDATA')
  return { info, callTime: call.CALLTIME, callbackUrl: call.CALLBACK_URL, materials, form }
}
