/** What a trace tells of the persons of an application. It is asked only where somebody wants a trace. */
import type { Agent, Applicant } from '../../schemas/application.ts'
import { leaves } from '../../schemas/pointers.ts'
import type { Place } from '../kit/trace.ts'
import type { WireApplication as Wire } from './application.wire.ts'
import { applicantKind, certType } from './codes.ts'
import { lost, note } from './traces.ts'

/** The applicant was read. @param isContact whether the contact person is the applicant himself */
export function tellApplicantRead(wire: Wire, place: Place, isContact: boolean): void {
  const at = place.canon
  note(place, 'coded', ['applyertype'], [`${at}/kind`], '申请人类型', applicantKind.name)
  note(place, 'copied', ['applyername'], [`${at}/name`], '申请人', 'text')
  note(place, 'coded', ['certtype'], [`${at}/idDocument/type`], '证件类型', certType.name)
  if (wire.extinfo?.idtype)
    note(place, 'merged', ['extinfo/idtype'], [`${at}/idDocument/type`], '证件类型', certType.name)
  note(place, 'copied', ['certnum'], [`${at}/idDocument/number`], '证件号码', 'text')
  if (isContact) {
    note(place, 'copied', ['contactmobile'], [`${at}/mobile`], '联系手机', 'text')
    note(place, 'merged', ['contactperson'], [`${at}/name`], '联系人', 'the applicant is the contact')
  }
  if (wire.legal) note(place, 'copied', ['legal'], [`${at}/legalRepresentative`], '法定代表人', 'text')
  if (wire.legalid) tellLegalId(place)
  if (wire.address) note(place, 'copied', ['address'], [`${at}/address`], '地址', 'text')
}

const tellLegalId = (place: Place): void => {
  const at = `${place.canon}/legalRepresentativeId`
  note(place, 'copied', ['legalid'], [`${at}/number`, `${at}/type`], '法定代表人证件', 'text')
}

/** The applicant was written, with this type of certificate. */
export function tellApplicantWritten(canon: Applicant, cert: string, place: Place): void {
  const at = place.canon
  note(place, 'coded', ['applyertype'], [`${at}/kind`], '申请人类型', applicantKind.name)
  note(place, 'copied', ['applyername'], [`${at}/name`], '申请人', 'text')
  note(place, 'copied', ['certnum'], [`${at}/idDocument/number`], '证件号码', 'text')
  const types = cert === '99' ? ['certtype', 'extinfo/idtype'] : ['certtype']
  note(place, 'coded', types, [`${at}/idDocument/type`], '证件类型', certType.name)
  if (canon.address) note(place, 'copied', ['address'], [`${at}/address`], '地址', 'text')
  if (canon.postcode) lost(place, [`${at}/postcode`], '邮编', '江苏的申请没有邮编这一项')
  if (canon.legalRepresentative)
    note(place, 'copied', ['legal'], [`${at}/legalRepresentative`], '法定代表人', 'text')
  const { legalRepresentativeId: legalId } = canon
  if (legalId?.type === '111') tellLegalId(place)
  else if (legalId)
    lost(
      place,
      leaves(legalId, `${at}/legalRepresentativeId`),
      '法定代表人证件',
      '江苏只登记法定代表人的居民身份证号',
    )
}

/** The agent was read. */
export function tellAgentRead({ extinfo }: Wire, place: Place, isResident: boolean): void {
  const at = place.canon
  note(place, 'copied', ['contactperson'], [`${at}/name`], '经办人', 'text')
  note(place, 'copied', ['contactmobile'], [`${at}/mobile`], '经办人手机', 'text')
  const slot = ['extinfo/agentid', ...(extinfo?.agentidtype ? ['extinfo/agentidtype'] : [])]
  const members = [`${at}/idDocument/number`, `${at}/idDocument/type`]
  note(place, 'copied', isResident ? ['idcard'] : slot, members, '经办人身份证号', 'text')
}

/** The applicant was written as the contact person. */
export function tellOwnContact(place: Place): void {
  note(place, 'split', ['contactperson'], ['/applicant/name'], '联系人', 'the applicant is the contact')
  note(place, 'copied', ['contactmobile'], ['/applicant/mobile'], '联系手机', 'text')
}

/** The agent was written as the contact person. */
export function tellContact(own: Applicant, told: Agent, place: Place, isResident: boolean): void {
  note(place, 'copied', ['contactperson'], ['/agent/name'], '经办人', 'text')
  note(place, 'copied', ['contactmobile'], ['/agent/mobile'], '经办人手机', 'text')
  const members = ['/agent/idDocument/number', '/agent/idDocument/type']
  const slot = isResident ? ['idcard'] : ['extinfo/agentid', 'extinfo/agentidtype']
  note(place, 'copied', slot, members, '经办人身份证号', 'text')
  if (own.mobile) lost(place, ['/applicant/mobile'], '申请人手机', '江苏只登记联系人的手机')
  if (told.phone) lost(place, ['/agent/phone'], '经办人座机', '江苏只登记联系人的手机')
  if (told.mandate) lost(place, ['/agent/mandate'], '授权', '江苏的申请没有授权标识这一项')
}
