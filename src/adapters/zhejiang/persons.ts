/**
 * The persons of an application: `applicantVO` holds the applicant and the contact, who is the agent where there is one
 * (contract 4.b.2; the inner names are designed).
 */

import { GatewayError } from '../../errors.ts'
import type { Agent, Applicant, Application } from '../../schemas/application.ts'
import { leaves } from '../../schemas/pointers.ts'
import { atMost } from '../kit/codecs.ts'
import type { ApplicationContext as C } from '../kit/contract.ts'
import type { Explained } from '../kit/table.ts'
import type { Place } from '../kit/trace.ts'
import type { WireApplication as Wire, WireApplicant } from './application.wire.ts'
import { applicantKind, certType } from './codes.ts'
import { empty, type Line, lost, tell } from './trace.ts'

/** The member that both stand in. */
export const VO = 'applicantVO'

const missing = (pointer: string, zh: string, code = 'MISSING') =>
  new GatewayError(
    'CONVERSION_INCOMPLETE',
    { field: pointer },
    { errors: [{ pointer, code, zh, en: 'Zhejiang needs this' }] },
  )

/** Lines of the documentation; a member that has a table names it. */
const rowsOf = (
  members: readonly (readonly [canon: string, wire: string, label: string, table?: string])[],
  optional: boolean,
): readonly Explained[] =>
  members.map(([canon, wire, label, table]) => ({
    canon,
    wire: [`${VO}/${wire}`],
    label,
    how: table === undefined ? 'copied' : 'coded',
    rule: table ?? 'text',
    optional,
  }))

/** Two kinds of certificate may number alike; a kind that is not told is the same. */
const isOtherKind = ({ contactCardType, applyCardType }: WireApplicant): boolean =>
  contactCardType !== undefined && certType.find(contactCardType) !== certType.find(applyCardType)

/** The contact is the applicant himself unless he carries a certificate of his own; a firm never acts itself. */
const hasAgent = (vo: WireApplicant): boolean =>
  vo.userProp === '2' ||
  (vo.contactCardNumber !== undefined && (vo.contactCardNumber !== vo.applyCardNumber || isOtherKind(vo)))

/** The applicant. Written by `voOf`, which knows the agent too. */
export const applicant = {
  name: 'applicantVO',
  how: 'derived' as const,
  deep: true as const,
  decode: ({ applicantVO: vo }: Wire, _context: C, place: Place): Applicant => {
    const kind = applicantKind.decode(vo.userProp, {}, place)
    if (place.notes) tell(place, linesOfApplicant(vo, place.canon))
    const read: Applicant = {
      kind,
      name: vo.applyName,
      idDocument: { type: certType.decode(vo.applyCardType, {}, place), number: vo.applyCardNumber },
    }
    if (!hasAgent(vo)) read.mobile = vo.contactPhone
    if (vo.address) read.address = vo.address
    if (vo.legalMan !== '') read.legalRepresentative = vo.legalMan
    return read
  },
  encode: (): Partial<Wire> => ({}),
  rows: () =>
    rowsOf(
      [
        ['/name', 'applyName', '申请人'],
        ['/idDocument/type', 'applyCardType', '申请人证件类型', certType.name],
        ['/idDocument/number', 'applyCardNumber', '申请人证件号码'],
        ['/kind', 'userProp', '申请人类型', applicantKind.name],
        ['/mobile', 'contactPhone', '联系电话'],
        ['/legalRepresentative', 'legalMan', '法定代表人'],
        ['/address', 'address', '地址'],
      ],
      false,
    ),
}

const linesOfApplicant = (vo: WireApplicant, at: string): readonly (Line | false)[] => [
  ['copied', [`${VO}/applyName`], [`${at}/name`], '申请人', 'text'],
  ['coded', [`${VO}/applyCardType`], [`${at}/idDocument/type`], '申请人证件类型', certType.name],
  ['copied', [`${VO}/applyCardNumber`], [`${at}/idDocument/number`], '申请人证件号码', 'text'],
  ['coded', [`${VO}/userProp`], [`${at}/kind`], '申请人类型', applicantKind.name],
  !hasAgent(vo) && ['copied', [`${VO}/contactPhone`], [`${at}/mobile`], '联系电话', 'text'],
  vo.legalMan === ''
    ? empty(`${VO}/legalMan`, '法定代表人')
    : ['copied', [`${VO}/legalMan`], [`${at}/legalRepresentative`], '法定代表人', 'text'],
  vo.address === '' && empty(`${VO}/address`, '地址'),
  !!vo.address && ['copied', [`${VO}/address`], [`${at}/address`], '地址', 'text'],
]

/** The agent, where the contact is somebody else. Written by `voOf`. */
export const agent = {
  name: 'applicantVO.contact…',
  how: 'derived' as const,
  deep: true as const,
  decode: ({ applicantVO: vo }: Wire, { branches }: C, place: Place): Agent | undefined => {
    if (!hasAgent(vo)) {
      if (!isSelf(vo)) branches?.push('contact without a number')
      if (place.notes) tell(place, linesOfSelf(vo))
      return undefined
    }
    if (vo.contactCardType === undefined || vo.contactCardNumber === undefined)
      throw new GatewayError('FIELD_UNREADABLE', { field: 'contactCardNumber' })
    if (place.notes) tell(place, linesOfAgent(place.canon))
    return {
      name: vo.contactMan,
      idDocument: { type: certType.decode(vo.contactCardType, {}, place), number: vo.contactCardNumber },
      mobile: vo.contactPhone,
    }
  },
  encode: (): Partial<Wire> => ({}),
  rows: () =>
    rowsOf(
      [
        ['/name', 'contactMan', '联系人'],
        ['/idDocument/type', 'contactCardType', '联系人证件类型', certType.name],
        ['/idDocument/number', 'contactCardNumber', '联系人证件号码'],
        ['/mobile', 'contactPhone', '联系电话'],
      ],
      true,
    ),
}

const SELF = 'the applicant himself'

/** A long name is cut where the contact stands. */
const isSelf = (vo: WireApplicant): boolean => vo.applyName.startsWith(vo.contactMan)

const linesOfSelf = (vo: WireApplicant): readonly (Line | false)[] => [
  isSelf(vo)
    ? ['merged', [`${VO}/contactMan`], ['/applicant/name'], '联系人', SELF]
    : ['dropped', [`${VO}/contactMan`], [], '联系人', SELF, '联系人没有证件, 不能作为经办人'],
  vo.contactCardType !== undefined && [
    'merged',
    [`${VO}/contactCardType`],
    ['/applicant/idDocument/type'],
    '联系人证件类型',
    SELF,
  ],
  vo.contactCardNumber !== undefined && [
    'merged',
    [`${VO}/contactCardNumber`],
    ['/applicant/idDocument/number'],
    '联系人证件号码',
    SELF,
  ],
]

const linesOfAgent = (at: string): readonly Line[] => [
  ['copied', [`${VO}/contactMan`], [`${at}/name`], '联系人', 'text'],
  ['coded', [`${VO}/contactCardType`], [`${at}/idDocument/type`], '联系人证件类型', certType.name],
  ['copied', [`${VO}/contactCardNumber`], [`${at}/idDocument/number`], '联系人证件号码', 'text'],
  ['copied', [`${VO}/contactPhone`], [`${at}/mobile`], '联系电话', 'text'],
]

const wordOfCert = (type: string): string => certType.table[type]?.[0] ?? 'OTHER'

/**
 * Both persons as Zhejiang wants them.
 * @throws GatewayError `CONVERSION_INCOMPLETE`: a firm without an agent, legal representative or credit code, nobody with a mobile
 */
export function voOf({ applicant: who, agent: acting }: Application, place: Place): WireApplicant {
  const firm = who.kind === 'organisation'
  if (firm && !acting) throw missing('/agent', '组织的申请需要经办人')
  if (firm && !who.legalRepresentative) throw missing('/applicant/legalRepresentative', '请填写法定代表人')
  if (firm !== (who.idDocument.type === '001'))
    throw missing('/applicant/idDocument/type', '浙江的法人申请须用统一社会信用代码, 个人申请不能用', 'WORD')
  const phone = (acting ?? who).mobile
  if (!phone) throw missing(acting ? '/agent/mobile' : '/applicant/mobile', '浙江要求手机号码')
  if (place.notes) tell(place, [...linesOfWho(acting), ...linesOfContact(who, acting), ...linesOfRest(who)])
  const vo: WireApplicant = {
    applyName: who.name,
    applyCardType: wordOfCert(who.idDocument.type),
    applyCardNumber: who.idDocument.number,
    userProp: applicantKind.codeOf(who.kind),
    // A contact has half the room of an applicant.
    contactMan: atMost(acting?.name ?? who.name, 50),
    contactPhone: phone,
    legalMan: firm ? (who.legalRepresentative ?? '') : '',
  }
  if (acting) {
    vo.contactCardType = wordOfCert(acting.idDocument.type)
    vo.contactCardNumber = acting.idDocument.number
  }
  if (who.address) vo.address = who.address
  return vo
}

type Acting = Application['agent']

function linesOfWho(acting: Acting): readonly Line[] {
  const contact = acting ? '/agent' : '/applicant'
  return [
    ['copied', [`${VO}/applyName`], ['/applicant/name'], '申请人', 'text'],
    ['coded', [`${VO}/applyCardType`], ['/applicant/idDocument/type'], '申请人证件类型', certType.name],
    ['copied', [`${VO}/applyCardNumber`], ['/applicant/idDocument/number'], '申请人证件号码', 'text'],
    ['coded', [`${VO}/userProp`], ['/applicant/kind'], '申请人类型', applicantKind.name],
    [acting ? 'copied' : 'split', [`${VO}/contactMan`], [`${contact}/name`], '联系人', 'text'],
    ['copied', [`${VO}/contactPhone`], [`${contact}/mobile`], '联系电话', 'text'],
  ]
}

const linesOfContact = (who: Applicant, acting: Acting): readonly (Line | false)[] =>
  acting
    ? [
        ['coded', [`${VO}/contactCardType`], ['/agent/idDocument/type'], '联系人证件类型', certType.name],
        ['copied', [`${VO}/contactCardNumber`], ['/agent/idDocument/number'], '联系人证件号码', 'text'],
        who.mobile !== undefined && lost(['/applicant/mobile'], '申请人手机', '浙江只登记联系人的手机'),
        acting.phone !== undefined && lost(['/agent/phone'], '经办人座机', '浙江只登记联系人的手机'),
        acting.mandate !== undefined && lost(['/agent/mandate'], '授权', '浙江的申请没有授权标识这一项'),
      ]
    : []

const NO_PLACE = '浙江的申请没有这一项'

const linesOfRest = (who: Applicant): readonly (Line | false)[] => [
  !!who.address && ['copied', [`${VO}/address`], ['/applicant/address'], '地址', 'text'],
  who.kind === 'organisation'
    ? ['copied', [`${VO}/legalMan`], ['/applicant/legalRepresentative'], '法定代表人', 'text']
    : ['defaulted', [`${VO}/legalMan`], [], '法定代表人', 'constant "" for a person'],
  who.kind === 'person' &&
    !!who.legalRepresentative &&
    lost(['/applicant/legalRepresentative'], '法定代表人', '个人申请没有法定代表人'),
  who.postcode !== undefined && lost(['/applicant/postcode'], 'postcode', NO_PLACE),
  who.legalRepresentativeId !== undefined &&
    lost(
      leaves(who.legalRepresentativeId, '/applicant/legalRepresentativeId'),
      'legalRepresentativeId',
      NO_PLACE,
    ),
]
