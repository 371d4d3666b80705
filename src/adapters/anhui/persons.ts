import type { Agent, Applicant } from '../../schemas/application.ts'
import type { ApplicationContext } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import type { Note, Place } from '../kit/trace.ts'
import type { WireServiceInfo as Info } from './application.wire.ts'
import { applicantKind, certType } from './codes.ts'
import { unreadable, wordAt } from './fault.ts'

const MOBILE = /^1\d{10}$/

/** Notes one step of a trace, where a trace is wanted. */
export const note = (
  place: Place,
  how: Note['how'],
  wire: readonly string[],
  canon: readonly string[],
  label: string,
  rule: string,
): void =>
  void place.notes?.push({ how, wire: wire.map((one) => `${place.wire}/${one}`), canon, label, rule })

/** Anhui's code of a type of document; what it has no code for is 其他. */
export const codeOfCert = (type: string): string => certType.table[type]?.[0] ?? '99'

/** Identity numbers end in a capital X over there. */
export const numberOf = ({ type, number }: { type: string; number: string }): string =>
  type === '111' ? number.toUpperCase() : number

/** The contact acts for a firm always, for a person when he is somebody else by his certificate: two kinds may number alike. */
const hasAgent = (info: Info): boolean =>
  info.ADDTYPE === '2' ||
  (!isAbsent(info.CONTACTMAN_CARDNUMBER) &&
    (info.CONTACTMAN_CARDNUMBER !== info.APPLY_CARDNUMBER ||
      (!isAbsent(info.CONTACTMAN_CARDTYPE) && info.CONTACTMAN_CARDTYPE !== info.APPLY_CARDTYPE)))

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
    const who: Applicant = {
      kind,
      name: info.APPLYNAME,
      idDocument: {
        type: wordAt(certType, info.APPLY_CARDTYPE, '/APPLY_CARDTYPE', '申请人证件类型'),
        number: info.APPLY_CARDNUMBER,
      },
    }
    if (own) who.mobile = info.TELPHONE as string
    for (const [member, target] of MEMBERS) if (info[member]) who[target] = info[member]
    return who
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

/** Members that are copied as they stand. */
export const MEMBERS = [
  ['ADDRESS', 'address', '地址'],
  ['POSTCODE', 'postcode', '邮编'],
  ['LEGALMAN', 'legalRepresentative', '法定代表人'],
] as const

/** The agent is the contact. */
export const agent = {
  name: 'CONTACTMAN members and TELPHONE',
  how: 'derived' as const,
  deep: true as const,
  decode: (info: Info, { branches }: ApplicationContext, place: Place): Agent | undefined => {
    if (!hasAgent(info)) {
      if (info.CONTACTMAN !== info.APPLYNAME) branches?.push('contact without a number')
      noteOwnContact(info, place)
      return undefined
    }
    const { CONTACTMAN_CARDTYPE: type, CONTACTMAN_CARDNUMBER: number, TELPHONE: told } = info
    if (isAbsent(type) || isAbsent(number)) throw unreadable('/CONTACTMAN_CARDNUMBER', '联系人证件号码')
    // Somebody must be reached: Anhui's schema lets a mobile, a landline or nothing through.
    if (isAbsent(told)) throw unreadable('/TELPHONE', '联系电话')
    const member = MOBILE.test(told as string) ? 'mobile' : 'phone'
    if (member === 'phone') branches?.push('agent by landline')
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
      note(place, 'copied', ['TELPHONE'], [`${at}/${member}`], '联系电话', 'text')
    }
    return {
      name: info.CONTACTMAN,
      idDocument: {
        type: wordAt(certType, type, '/CONTACTMAN_CARDTYPE', '联系人证件类型'),
        number: number as string,
      },
      [member]: told as string,
    }
  },
  encode: (): Partial<Info> => ({}),
  rows: () => [
    row('/name', 'CONTACTMAN', '联系人', 'copied', 'text', false),
    row('/idDocument/type', 'CONTACTMAN_CARDTYPE', '联系人证件类型', 'coded', certType.name, false),
    row('/idDocument/number', 'CONTACTMAN_CARDNUMBER', '联系人证件号码', 'copied', 'text', false),
    row('/mobile', 'TELPHONE', '联系电话', 'copied', 'text', true),
    row('/phone', 'TELPHONE', '联系电话', 'copied', 'text', true),
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
