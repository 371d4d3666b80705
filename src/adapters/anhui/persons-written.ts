/** The persons of an Anhui application, as they are written: both at once, since the contact is the agent or the applicant. */

import { GatewayError } from '../../errors.ts'
import type { Agent, Applicant, Application } from '../../schemas/application.ts'
import { leaves } from '../../schemas/pointers.ts'
import { atMost } from '../kit/codecs.ts'
import type { Place } from '../kit/trace.ts'
import type { WireServiceInfo as Info } from './application.wire.ts'
import { applicantKind, certType } from './codes.ts'
import { codeOfCert, MEMBERS, note, numberOf } from './persons.ts'

/** Notes that a part of the canonical application has no place in Anhui. */
const drop = (place: Place, canon: readonly string[], label: string, reason: string): void =>
  void place.notes?.push({ how: 'dropped', wire: [], canon, label, rule: 'none', reason })

const missing = (pointer: string, zh: string, code = 'MISSING') =>
  new GatewayError(
    'CONVERSION_INCOMPLETE',
    { field: pointer },
    { errors: [{ pointer, code, zh, en: 'Anhui needs this' }] },
  )

/** Members that this file writes. */
export type Persons = Required<
  Pick<
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
    CONTACTMAN: atMost(contact.name, CONTACT_LENGTH),
    CONTACTMAN_CARDTYPE: codeOfCert(contact.idDocument.type),
    CONTACTMAN_CARDNUMBER: numberOf(contact.idDocument),
    TELPHONE: contact.mobile ?? acting?.phone ?? '',
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
  else if (acting?.phone) note(place, 'copied', ['TELPHONE'], [`${from}/phone`], '联系电话', 'text')
  else note(place, 'defaulted', ['TELPHONE'], [], '联系电话', 'constant "" for nothing said')
  if (acting && who.mobile) drop(place, ['/applicant/mobile'], '申请人手机', '安徽只登记联系人的电话')
  if (acting?.mobile && acting.phone) drop(place, ['/agent/phone'], '经办人座机', '安徽只登记一个联系电话')
  if (acting?.mandate) drop(place, ['/agent/mandate'], '授权', '安徽的申请没有授权标识这一项')
}
