/** The persons of an Anhui application: the applicant (`APPLY…`), and the contact, who is the agent or the applicant himself. */
import { GatewayError } from '../../errors.ts'
import type { Agent, Applicant, Application } from '../../schemas/application.ts'
import { isAbsent, leaves, type Note, type Place } from '../kit/table.ts'
import type { WireServiceInfo as Info } from './application.wire.ts'
import { applicantKind, certType } from './codes.ts'
import { unreadable, wordAt } from './fault.ts'

const MOBILE = /^1\d{10}$/

/** Notes one step of a trace, where a trace is wanted. */
const note = (
  place: Place,
  how: Note['how'],
  wire: readonly string[],
  canon: readonly string[],
  label: string,
  rule: string,
): void =>
  void place.notes?.push({ how, wire: wire.map((one) => `${place.wire}/${one}`), canon, label, rule })

/** Notes that a part of the canonical application has no place in Anhui. */
const drop = (place: Place, canon: readonly string[], label: string, reason: string): void =>
  void place.notes?.push({ how: 'dropped', wire: [], canon, label, rule: 'none', reason })

const missing = (pointer: string, zh: string, code = 'MISSING') =>
  new GatewayError(
    'CONVERSION_INCOMPLETE',
    { field: pointer },
    { errors: [{ pointer, code, zh, en: 'Anhui needs this' }] },
  )

/** Anhui's code of a type of document; what it has no code for is 其他. */
export const codeOfCert = (type: string): string => certType.table[type]?.[0] ?? '99'

/** Identity numbers end in a capital X over there. */
export const numberOf = ({ type, number }: { type: string; number: string }): string =>
  type === '111' ? number.toUpperCase() : number

/** The contact acts for a firm always, for a person when he is somebody else by his number. */
const hasAgent = (info: Info): boolean =>
  info.ADDTYPE === '2' ||
  (!isAbsent(info.CONTACTMAN_CARDNUMBER) && info.CONTACTMAN_CARDNUMBER !== info.APPLY_CARDNUMBER)

const row = (
  canon: string,
  wire: string,
  label: string,
  how: 'copied' | 'coded',
  rule: string,
  optional: boolean,
) => ({ canon, wire: [wire], label, how, rule, optional })

/** The applicant, flat in `SERVICEINFO`. */
export const applicant = {
  name: 'APPLY members',
  how: 'derived' as const,
  deep: true as const,
  decode: (info: Info, _context: object, place: Place): Applicant => {
    const kind = wordAt(applicantKind, info.ADDTYPE, '/ADDTYPE', '申请人类型')
    const at = place.canon
    const own = !hasAgent(info) && MOBILE.test(info.TELPHONE ?? '')
    if (place.notes) {
      note(place, 'coded', ['ADDTYPE'], [`${at}/kind`], '申请人类型', applicantKind.name)
      note(place, 'copied', ['APPLYNAME'], [`${at}/name`], '申请人', 'text')
      note(place, 'coded', ['APPLY_CARDTYPE'], [`${at}/idDocument/type`], '申请人证件类型', certType.name)
      note(place, 'copied', ['APPLY_CARDNUMBER'], [`${at}/idDocument/number`], '申请人证件号码', 'text')
      if (own) note(place, 'copied', ['TELPHONE'], [`${at}/mobile`], '联系电话', 'text')
      for (const [member, target, label] of MEMBERS)
        if (info[member]) note(place, 'copied', [member], [`${at}/${target}`], label, 'text')
    }
    return {
      kind,
      name: info.APPLYNAME,
      idDocument: {
        type: wordAt(certType, info.APPLY_CARDTYPE, '/APPLY_CARDTYPE', '申请人证件类型'),
        number: info.APPLY_CARDNUMBER,
      },
      ...(own ? { mobile: info.TELPHONE as string } : {}),
      ...(info.ADDRESS ? { address: info.ADDRESS } : {}),
      ...(info.POSTCODE ? { postcode: info.POSTCODE } : {}),
      ...(info.LEGALMAN ? { legalRepresentative: info.LEGALMAN } : {}),
    }
  },
  // Written whole by `writePersons`, which knows the agent too.
  encode: (): Partial<Info> => ({}),
  rows: () => [
    row('/kind', 'ADDTYPE', '申请人类型', 'coded', applicantKind.name, false),
    row('/name', 'APPLYNAME', '申请人', 'copied', 'text', false),
    row('/idDocument/type', 'APPLY_CARDTYPE', '申请人证件类型', 'coded', certType.name, false),
    row('/idDocument/number', 'APPLY_CARDNUMBER', '申请人证件号码', 'copied', 'text', false),
    row('/mobile', 'TELPHONE', '联系电话', 'copied', 'text', true),
    ...MEMBERS.map(([member, target, label]) => row(`/${target}`, member, label, 'copied', 'text', true)),
  ],
}

const MEMBERS = [
  ['ADDRESS', 'address', '地址'],
  ['POSTCODE', 'postcode', '邮编'],
  ['LEGALMAN', 'legalRepresentative', '法定代表人'],
] as const

/** The agent is the contact. */
export const agent = {
  name: 'CONTACTMAN members and TELPHONE',
  how: 'derived' as const,
  deep: true as const,
  decode: (info: Info, _context: object, place: Place): Agent | undefined => {
    if (!hasAgent(info)) {
      noteOwnContact(info, place)
      return undefined
    }
    const { CONTACTMAN_CARDTYPE: type, CONTACTMAN_CARDNUMBER: number, TELPHONE: phone } = info
    if (isAbsent(type) || isAbsent(number)) throw unreadable('/CONTACTMAN_CARDNUMBER', '联系人证件号码')
    // The gateway calls an agent back on a mobile; a landline is none.
    if (!MOBILE.test(phone ?? '')) throw unreadable('/TELPHONE', '联系电话')
    const at = place.canon
    if (place.notes) {
      note(place, 'copied', ['CONTACTMAN'], [`${at}/name`], '联系人', 'text')
      note(
        place,
        'coded',
        ['CONTACTMAN_CARDTYPE'],
        [`${at}/idDocument/type`],
        '联系人证件类型',
        certType.name,
      )
      note(place, 'copied', ['CONTACTMAN_CARDNUMBER'], [`${at}/idDocument/number`], '联系人证件号码', 'text')
      note(place, 'copied', ['TELPHONE'], [`${at}/mobile`], '联系电话', 'text')
    }
    return {
      name: info.CONTACTMAN,
      idDocument: {
        type: wordAt(certType, type, '/CONTACTMAN_CARDTYPE', '联系人证件类型'),
        number: number as string,
      },
      mobile: phone as string,
    }
  },
  encode: (): Partial<Info> => ({}),
  rows: () => [
    row('/name', 'CONTACTMAN', '联系人', 'copied', 'text', false),
    row('/idDocument/type', 'CONTACTMAN_CARDTYPE', '联系人证件类型', 'coded', certType.name, false),
    row('/idDocument/number', 'CONTACTMAN_CARDNUMBER', '联系人证件号码', 'copied', 'text', false),
    row('/mobile', 'TELPHONE', '联系电话', 'copied', 'text', false),
  ],
}

/** A contact who is the applicant himself says nothing new. */
function noteOwnContact(info: Info, place: Place): void {
  if (!place.notes) return
  const rule = 'the applicant himself'
  if (info.CONTACTMAN === info.APPLYNAME)
    note(place, 'merged', ['CONTACTMAN'], ['/applicant/name'], '联系人', rule)
  else lose(place, 'CONTACTMAN', '联系人', '没有证件的联系人不能作为经办人')
  if (info.CONTACTMAN_CARDNUMBER) {
    note(place, 'merged', ['CONTACTMAN_CARDTYPE'], ['/applicant/idDocument/type'], '联系人证件类型', rule)
    note(place, 'merged', ['CONTACTMAN_CARDNUMBER'], ['/applicant/idDocument/number'], '联系人证件号码', rule)
  }
  if (info.TELPHONE && !MOBILE.test(info.TELPHONE)) lose(place, 'TELPHONE', '联系电话', '网关只登记手机号码')
}

const lose = (place: Place, member: string, label: string, reason: string): void =>
  void place.notes?.push({
    how: 'dropped',
    wire: [`${place.wire}/${member}`],
    canon: [],
    label,
    rule: 'none',
    reason,
  })

/** Members that this file writes. */
type Persons = Pick<
  Info,
  | 'APPLYNAME'
  | 'APPLY_CARDTYPE'
  | 'APPLY_CARDNUMBER'
  | 'CONTACTMAN'
  | 'CONTACTMAN_CARDTYPE'
  | 'CONTACTMAN_CARDNUMBER'
  | 'TELPHONE'
  | 'POSTCODE'
  | 'ADDRESS'
  | 'LEGALMAN'
  | 'ADDTYPE'
>

const CONTACT_LENGTH = 50

/** Writes applicant and contact. @throws GatewayError `CONVERSION_INCOMPLETE` for a firm without agent, representative or credit code. */
export function writePersons({ applicant: who, agent: acting }: Application, place: Place): Persons {
  const firm = who.kind === 'organisation'
  if (firm && !acting) throw missing('/agent', '组织的申请需要经办人')
  if (firm && !who.legalRepresentative) throw missing('/applicant/legalRepresentative', '请填写法定代表人')
  if (firm && who.idDocument.type !== '001')
    throw missing('/applicant/idDocument/type', '安徽的法人申请须用统一社会信用代码', 'WORD')
  if (acting?.idDocument.type === '001')
    throw missing('/agent/idDocument/type', '安徽的联系人须为自然人, 请填写个人证件', 'WORD')
  const contact = acting ?? who
  if (place.notes) {
    noteApplicant(who, place)
    noteContact(acting, who, place)
  }
  return {
    APPLYNAME: who.name,
    APPLY_CARDTYPE: codeOfCert(who.idDocument.type),
    APPLY_CARDNUMBER: numberOf(who.idDocument),
    CONTACTMAN: [...contact.name].slice(0, CONTACT_LENGTH).join(''),
    CONTACTMAN_CARDTYPE: codeOfCert(contact.idDocument.type),
    CONTACTMAN_CARDNUMBER: numberOf(contact.idDocument),
    TELPHONE: contact.mobile ?? '',
    POSTCODE: who.postcode ?? '',
    ADDRESS: who.address ?? '',
    LEGALMAN: firm ? (who.legalRepresentative ?? '') : '',
    ADDTYPE: applicantKind.codeOf(who.kind),
  }
}

function noteApplicant(who: Applicant, place: Place): void {
  const at = '/applicant'
  note(place, 'coded', ['ADDTYPE'], [`${at}/kind`], '申请人类型', applicantKind.name)
  note(place, 'copied', ['APPLYNAME'], [`${at}/name`], '申请人', 'text')
  note(place, 'coded', ['APPLY_CARDTYPE'], [`${at}/idDocument/type`], '申请人证件类型', certType.name)
  note(place, 'copied', ['APPLY_CARDNUMBER'], [`${at}/idDocument/number`], '申请人证件号码', 'text')
  for (const [member, target, label] of MEMBERS) {
    if (target === 'legalRepresentative' && who.kind === 'person' && who.legalRepresentative)
      drop(place, [`${at}/${target}`], label, '个人申请没有法定代表人')
    else if (who[target]) note(place, 'copied', [member], [`${at}/${target}`], label, 'text')
    else note(place, 'defaulted', [member], [], label, 'constant "" for nothing said')
  }
  if (who.legalRepresentativeId)
    drop(
      place,
      leaves(who.legalRepresentativeId, `${at}/legalRepresentativeId`),
      '法定代表人证件',
      '安徽的申请没有法定代表人证件这一项',
    )
}

function noteContact(acting: Agent | null | undefined, who: Applicant, place: Place): void {
  const from = acting ? '/agent' : '/applicant'
  const how = acting ? 'copied' : 'split'
  note(place, how, ['CONTACTMAN'], [`${from}/name`], '联系人', 'text')
  note(
    place,
    acting ? 'coded' : 'split',
    ['CONTACTMAN_CARDTYPE'],
    [`${from}/idDocument/type`],
    '联系人证件类型',
    certType.name,
  )
  note(place, how, ['CONTACTMAN_CARDNUMBER'], [`${from}/idDocument/number`], '联系人证件号码', 'text')
  if ((acting ?? who).mobile) note(place, 'copied', ['TELPHONE'], [`${from}/mobile`], '联系电话', 'text')
  else note(place, 'defaulted', ['TELPHONE'], [], '联系电话', 'constant "" for nothing said')
  if (acting && who.mobile) drop(place, ['/applicant/mobile'], '申请人手机', '安徽只登记联系人的电话')
  if (acting?.mandate) drop(place, ['/agent/mandate'], '授权', '安徽的申请没有授权标识这一项')
}
