/** Applicant and agent: the applicant lies flat; the agent is the contact person, with his number in `idcard`. */

import { GatewayError } from '../../errors.ts'
import type { Agent, Applicant, Application } from '../../schemas/application.ts'
import { leaves } from '../../schemas/pointers.ts'
import { atMost } from '../kit/codecs.ts'
import type { ApplicationContext } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { type Place, ROOT } from '../kit/trace.ts'
import type { WireApplication as Wire } from './application.wire.ts'
import { applicantKind, certType } from './codes.ts'
import { lost, note } from './traces.ts'

type C = ApplicationContext

/** Credit codes of these registers belong to legal persons; the others (个体工商户 …) are 其他组织. */
const LEGAL_PERSONS: ReadonlySet<string> = new Set(['11', '12', '13', '51', '52', '53', '91', '93'])

/** 申请人类型: by the register of the credit code, unless the matter is open to the other kind alone. */
function kindOf({ kind, idDocument }: Applicant, { matter }: C): string {
  if (kind === 'person') return applicantKind.codeOf('person')
  // Another certificate (99) is taken of 其他组织 alone.
  if (certOf(idDocument.type) === '99') return applicantKind.codeOf('otherOrganisation')
  const legal = idDocument.type === '099' || LEGAL_PERSONS.has(idDocument.number.slice(0, 2))
  const offered = (subject: string) => matter.subjects.some((one) => one === subject)
  const anyLegal = ['enterprise', 'institution', 'agency', 'organisation'].some(offered)
  const anyOther = offered('otherOrganisation') || offered('organisation')
  if (legal && !anyLegal && anyOther) return applicantKind.codeOf('otherOrganisation')
  if (!legal && !anyOther && anyLegal) return applicantKind.codeOf('enterprise')
  return applicantKind.codeOf(legal ? 'enterprise' : 'otherOrganisation')
}

const certOf = (type: string): string => certType.table[type]?.[0] ?? '99'

const missing = (pointer: string, zh: string, en: string): GatewayError =>
  new GatewayError(
    'CONVERSION_INCOMPLETE',
    { field: pointer },
    { errors: [{ pointer, code: 'MISSING', zh, en }] },
  )

const hasAgent = ({ idcard, extinfo }: Wire): boolean => !isAbsent(idcard) || !isAbsent(extinfo?.agentid)

/** 联系人 takes 50 characters, 申请人 twice as many. */
const CONTACT_LENGTH = 50

/** A resident's number, or `undefined` with the loss told. */
function residentNumber(
  id: Applicant['legalRepresentativeId'],
  pointer: string,
  place: Place,
): string | undefined {
  if (!id) return undefined
  if (id.type === '111') {
    note(place, 'copied', ['legalid'], [`${pointer}/number`, `${pointer}/type`], '法定代表人证件', 'text')
    return id.number
  }
  lost(place, leaves(id, pointer), '法定代表人证件', '江苏只登记法定代表人的居民身份证号')
  return undefined
}

export const applicant = {
  name: 'applyer members',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): Applicant => {
    const kind = applicantKind.find(wire.applyertype)
    if (kind === undefined) throw new GatewayError('CODE_UNKNOWN', { table: applicantKind.name })
    const at = place.canon
    const told = wire.extinfo?.idtype
    note(place, 'coded', ['applyertype'], [`${at}/kind`], '申请人类型', applicantKind.name)
    note(place, 'copied', ['applyername'], [`${at}/name`], '申请人', 'text')
    note(place, 'coded', ['certtype'], [`${at}/idDocument/type`], '证件类型', certType.name)
    if (told) note(place, 'merged', ['extinfo/idtype'], [`${at}/idDocument/type`], '证件类型', certType.name)
    note(place, 'copied', ['certnum'], [`${at}/idDocument/number`], '证件号码', 'text')
    if (!hasAgent(wire)) {
      note(place, 'copied', ['contactmobile'], [`${at}/mobile`], '联系手机', 'text')
      note(place, 'merged', ['contactperson'], [`${at}/name`], '联系人', 'the applicant is the contact')
    }
    const legal = isAbsent(wire.legal) ? undefined : wire.legal
    const legalId = isAbsent(wire.legalid) ? undefined : wire.legalid
    const address = isAbsent(wire.address) ? undefined : wire.address
    if (legal) note(place, 'copied', ['legal'], [`${at}/legalRepresentative`], '法定代表人', 'text')
    if (legalId)
      note(
        place,
        'copied',
        ['legalid'],
        [`${at}/legalRepresentativeId/number`, `${at}/legalRepresentativeId/type`],
        '法定代表人证件',
        'text',
      )
    if (address) note(place, 'copied', ['address'], [`${at}/address`], '地址', 'text')
    return {
      kind: kind === 'person' ? 'person' : 'organisation',
      name: wire.applyername,
      idDocument: { type: told ?? certType.decode(wire.certtype, {}, ROOT), number: wire.certnum },
      ...(hasAgent(wire) ? {} : { mobile: wire.contactmobile }),
      ...(address ? { address } : {}),
      ...(legal ? { legalRepresentative: legal } : {}),
      ...(legalId ? { legalRepresentativeId: { type: '111', number: legalId } } : {}),
    }
  },
  encode: (canon: Applicant, context: C, place: Place): Partial<Wire> => {
    const at = place.canon
    const kind = kindOf(canon, context)
    const cert = certOf(canon.idDocument.type)
    if (kind === applicantKind.codeOf('enterprise') && !canon.legalRepresentative)
      throw missing(
        '/applicant/legalRepresentative',
        '江苏要求法定代表人',
        'Jiangsu needs the legal representative',
      )
    note(place, 'coded', ['applyertype'], [`${at}/kind`], '申请人类型', applicantKind.name)
    note(place, 'copied', ['applyername'], [`${at}/name`], '申请人', 'text')
    note(place, 'copied', ['certnum'], [`${at}/idDocument/number`], '证件号码', 'text')
    note(
      place,
      'coded',
      cert === '99' ? ['certtype', 'extinfo/idtype'] : ['certtype'],
      [`${at}/idDocument/type`],
      '证件类型',
      certType.name,
    )
    if (canon.address) note(place, 'copied', ['address'], [`${at}/address`], '地址', 'text')
    if (canon.postcode) lost(place, [`${at}/postcode`], '邮编', '江苏的申请没有邮编这一项')
    if (canon.legalRepresentative)
      note(place, 'copied', ['legal'], [`${at}/legalRepresentative`], '法定代表人', 'text')
    const legalid = residentNumber(canon.legalRepresentativeId, `${at}/legalRepresentativeId`, place)
    return {
      applyername: canon.name,
      applyertype: kind,
      certtype: cert,
      certnum: canon.idDocument.number,
      legal: canon.legalRepresentative ?? '',
      legalid: legalid ?? '',
      address: canon.address ?? '',
      // 99 stands for many kinds of certificate: which one it is goes into the extension slot.
      ...(cert === '99' ? { extinfo: { idtype: canon.idDocument.type } } : {}),
    }
  },
  rows: () => [
    line('/kind', 'applyertype', '申请人类型', 'coded', applicantKind.name, false),
    line('/name', 'applyername', '申请人', 'copied', 'text', false),
    line('/idDocument/type', 'certtype', '证件类型', 'coded', certType.name, false),
    line('/idDocument/number', 'certnum', '证件号码', 'copied', 'text', false),
    line('/mobile', 'contactmobile', '联系手机', 'copied', 'text', true),
    line('/legalRepresentative', 'legal', '法定代表人', 'copied', 'text', true),
    line('/legalRepresentativeId/number', 'legalid', '法定代表人证件', 'copied', 'text', true),
    line('/address', 'address', '地址', 'copied', 'text', true),
  ],
}

const line = (
  canon: string,
  wire: string,
  label: string,
  how: 'copied' | 'coded',
  rule: string,
  optional: boolean,
) => ({ canon, wire: [wire], label, how, rule, optional })

export const agent = {
  name: 'contact members',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): Agent | undefined => {
    if (!hasAgent(wire)) return undefined
    const at = place.canon
    note(place, 'copied', ['contactperson'], [`${at}/name`], '经办人', 'text')
    note(place, 'copied', ['contactmobile'], [`${at}/mobile`], '经办人手机', 'text')
    const { agentid = '', agentidtype = '999' } = wire.extinfo ?? {}
    const isResident = !isAbsent(wire.idcard)
    note(
      place,
      'copied',
      isResident
        ? ['idcard']
        : ['extinfo/agentid', ...(wire.extinfo?.agentidtype ? ['extinfo/agentidtype'] : [])],
      [`${at}/idDocument/number`, `${at}/idDocument/type`],
      '经办人身份证号',
      'text',
    )
    return {
      name: wire.contactperson,
      idDocument: isResident
        ? { type: '111', number: String(wire.idcard) }
        : { type: agentidtype, number: agentid },
      mobile: wire.contactmobile,
    }
  },
  // Whether there is an agent decides what the applicant's own members become, so the whole application is needed.
  encode: (): Partial<Wire> => ({}),
  rows: () => [
    line('/name', 'contactperson', '经办人', 'copied', 'text', true),
    line('/mobile', 'contactmobile', '经办人手机', 'copied', 'text', true),
    line('/idDocument/number', 'idcard', '经办人身份证号', 'copied', 'text', true),
  ],
}

/** Who is to be called: the agent where there is one, else the applicant. */
export function contact(
  { applicant: own, agent: told }: Application,
  place: Place,
): Pick<Wire, 'contactperson' | 'contactmobile' | 'idcard' | 'extinfo'> {
  if (!told) {
    if (own.kind === 'organisation')
      throw missing('/agent', '组织的申请需要经办人', 'An organisation needs an agent')
    if (!own.mobile) throw missing('/applicant/mobile', '江苏要求手机号码', 'Jiangsu needs a mobile number')
    note(place, 'split', ['contactperson'], ['/applicant/name'], '联系人', 'the applicant is the contact')
    note(place, 'copied', ['contactmobile'], ['/applicant/mobile'], '联系手机', 'text')
    const contactperson = atMost(own.name, CONTACT_LENGTH)
    return { contactperson, contactmobile: own.mobile, idcard: '' }
  }
  const isResident = told.idDocument.type === '111'
  // A person may have an agent of any certificate, since `idcard` is only required of organisations.
  if (!isResident && own.kind === 'organisation')
    throw missing(
      '/agent/idDocument/type',
      '江苏要求组织的经办人持居民身份证',
      'Jiangsu wants the agent of an organisation to have a resident identity card',
    )
  note(place, 'copied', ['contactperson'], ['/agent/name'], '经办人', 'text')
  note(place, 'copied', ['contactmobile'], ['/agent/mobile'], '经办人手机', 'text')
  note(
    place,
    'copied',
    isResident ? ['idcard'] : ['extinfo/agentid', 'extinfo/agentidtype'],
    ['/agent/idDocument/number', '/agent/idDocument/type'],
    '经办人身份证号',
    'text',
  )
  if (own.mobile) lost(place, ['/applicant/mobile'], '申请人手机', '江苏只登记联系人的手机')
  if (told.mandate) lost(place, ['/agent/mandate'], '授权', '江苏的申请没有授权标识这一项')
  const { type, number } = told.idDocument
  return {
    contactperson: told.name,
    contactmobile: told.mobile,
    ...(isResident ? { idcard: number } : { idcard: '', extinfo: { agentidtype: type, agentid: number } }),
  }
}
