/** Applicant and agent: the applicant lies flat; the agent is the contact person, with his number in `idcard`. */

import { GatewayError } from '../../errors.ts'
import type { Agent, Applicant, Application } from '../../schemas/application.ts'
import { atMost } from '../kit/codecs.ts'
import type { ApplicationContext } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { type Place, ROOT } from '../kit/trace.ts'
import type { WireApplication as Wire } from './application.wire.ts'
import { applicantKind, certType } from './codes.ts'
import {
  tellAgentRead,
  tellApplicantRead,
  tellApplicantWritten,
  tellContact,
  tellOwnContact,
} from './persons-trace.ts'

type C = ApplicationContext

/** Credit codes of these registers belong to legal persons; the others (个体工商户 …) are 其他组织. */
const LEGAL_PERSONS: ReadonlySet<string> = new Set(['11', '12', '13', '51', '52', '53', '91', '93'])

/** 申请人类型 (5.4): by the register of the credit code, unless the matter is open to the other kind alone. */
export function kindOf({ kind, idDocument }: Applicant, { matter }: Pick<C, 'matter'>): string {
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

export const applicant = {
  name: 'applyer members',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): Applicant => {
    const kind = applicantKind.find(wire.applyertype)
    if (kind === undefined) throw new GatewayError('CODE_UNKNOWN', { table: applicantKind.name })
    const isContact = !hasAgent(wire)
    if (place.notes) tellApplicantRead(wire, place, isContact)
    const { legal, legalid, address } = wire
    const type = wire.extinfo?.idtype || certType.decode(wire.certtype, {}, ROOT)
    const read: Applicant = {
      kind: kind === 'person' ? 'person' : 'organisation',
      name: wire.applyername,
      idDocument: { type, number: wire.certnum },
    }
    if (isContact) read.mobile = wire.contactmobile
    if (address) read.address = address
    if (legal) read.legalRepresentative = legal
    if (legalid) read.legalRepresentativeId = { type: '111', number: legalid }
    return read
  },
  encode: (canon: Applicant, context: C, place: Place): Partial<Wire> => {
    const kind = kindOf(canon, context)
    const cert = certOf(canon.idDocument.type)
    if (kind === applicantKind.codeOf('enterprise') && !canon.legalRepresentative)
      throw missing(
        '/applicant/legalRepresentative',
        '江苏要求法定代表人',
        'Jiangsu needs the legal representative',
      )
    if (place.notes) tellApplicantWritten(canon, cert, place)
    const { legalRepresentativeId: legalId } = canon
    const written: Partial<Wire> = {
      applyername: canon.name,
      applyertype: kind,
      certtype: cert,
      certnum: canon.idDocument.number,
      legal: canon.legalRepresentative ?? '',
      legalid: legalId?.type === '111' ? legalId.number : '',
      address: canon.address ?? '',
    }
    // 99 stands for many kinds of certificate: which one it is goes into the extension slot.
    if (cert === '99') written.extinfo = { idtype: canon.idDocument.type }
    return written
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
    const { agentid = '', agentidtype = '999' } = wire.extinfo ?? {}
    const isResident = !isAbsent(wire.idcard)
    if (place.notes) tellAgentRead(wire, place, isResident)
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

/**
 * Says who is to be called: the agent where there is one, else the applicant.
 * @throws GatewayError `CONVERSION_INCOMPLETE`: an organisation without a resident as its agent, nobody with a mobile
 */
export function addContact(wire: Wire, { applicant: own, agent: told }: Application, place: Place): void {
  if (!told) {
    if (own.kind === 'organisation')
      throw missing('/agent', '组织的申请需要经办人', 'An organisation needs an agent')
    if (!own.mobile) throw missing('/applicant/mobile', '江苏要求手机号码', 'Jiangsu needs a mobile number')
    if (place.notes) tellOwnContact(place)
    wire.contactperson = atMost(own.name, CONTACT_LENGTH)
    wire.contactmobile = own.mobile
    wire.idcard = ''
    return
  }
  if (!told.mobile)
    throw missing('/agent/mobile', '江苏要求经办人的手机号码', 'Jiangsu needs the agent’s mobile')
  const { type, number } = told.idDocument
  const isResident = type === '111'
  // A person may have an agent of any certificate, since `idcard` is only required of organisations.
  if (!isResident && own.kind === 'organisation')
    throw missing(
      '/agent/idDocument/type',
      '江苏要求组织的经办人持居民身份证',
      'Jiangsu wants the agent of an organisation to have a resident identity card',
    )
  if (place.notes) tellContact(own, told, place, isResident)
  wire.contactperson = told.name
  wire.contactmobile = told.mobile
  wire.idcard = isResident ? number : ''
  if (!isResident) wire.extinfo = { ...wire.extinfo, agentidtype: type, agentid: number }
}
