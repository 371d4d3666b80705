/** The applicant of an application, `target…`; who acts for it stands in `acting.ts` (contract 4.2, trap 13). */
import { GatewayError } from '../../errors.ts'
import type { Applicant } from '../../schemas/application.ts'
import type { ApplicationContext as C } from '../kit/contract.ts'
import type { Place } from '../kit/trace.ts'
import type { WireApplication as Wire } from './application.wire.ts'
import { applicantKind, certType } from './codes.ts'
import { type Line, tell } from './trace.ts'

/** 企业, 事业, 机关 or 其他, from the first two characters of the credit code; any other number says nothing of it. */
function wordOfOrganisation({ type, number: uscc }: Applicant['idDocument']): string {
  if (type !== '001') return '其他'
  if (uscc.startsWith('91')) return '企业'
  if (uscc.startsWith('12')) return '事业'
  return uscc.startsWith('11') ? '机关' : '其他'
}

/** Shanghai's word for the kind of an applicant. */
export const wordOfApplicant = ({ kind, idDocument }: Applicant): string =>
  kind === 'person' ? '个人' : wordOfOrganisation(idDocument)

/** Shanghai's word for a type of certificate. */
export const wordOfCert = (type: string): string => certType.table[type]?.[0] ?? '其他'

/** Who has the name, the number and the type of certificate of the applicant is the applicant. */
export const actsHimself = (wire: Wire): boolean =>
  wire.targetType === '个人' &&
  wire.username === wire.targetName &&
  wire.licenseNo === wire.targetNo &&
  wire.licenseType === (wire.extInfo?.targetLicenseType || certType.codeOf('111'))

/** The applicant lies flat, and partly in `extInfo`. */
export const applicant = {
  name: 'target members',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): Applicant => {
    const kind = applicantKind.find(wire.targetType)
    if (kind === undefined) throw new GatewayError('CODE_UNKNOWN', { table: applicantKind.name })
    const { lawPerson, address } = wire.extInfo ?? {}
    if (place.notes) tell(place, linesOfApplicant(wire, place.canon))
    const read: Applicant = {
      kind: kind === 'person' ? 'person' : 'organisation',
      name: wire.targetName,
      idDocument: { type: typeOf(wire, place), number: wire.targetNo },
    }
    if (actsHimself(wire)) read.mobile = wire.mobile
    if (address) read.address = address
    if (lawPerson) read.legalRepresentative = lawPerson
    return read
  },
  // The rest is written by `acting` and in `extInfo`.
  encode: (canon: Applicant, _context: C, place: Place): Partial<Wire> => {
    const at = place.canon
    if (place.notes)
      tell(place, [
        ...linesOfTarget(at),
        ['coded', ['extInfo/targetLicenseType'], [`${at}/idDocument/type`], '申请人证件类型', certType.name],
      ])
    return {
      targetType: wordOfApplicant(canon),
      targetName: canon.name,
      targetNo: canon.idDocument.number,
    }
  },
  rows: () => [
    {
      canon: '/kind',
      wire: ['targetType'],
      label: '申请人类型',
      how: 'coded' as const,
      rule: applicantKind.name,
      optional: false,
    },
    {
      canon: '/name',
      wire: ['targetName'],
      label: '申请人',
      how: 'copied' as const,
      rule: 'text',
      optional: false,
    },
    {
      canon: '/idDocument/number',
      wire: ['targetNo'],
      label: '申请人证件号码',
      how: 'copied' as const,
      rule: 'text',
      optional: false,
    },
    {
      canon: '/idDocument/type',
      wire: ['extInfo/targetLicenseType'],
      label: '申请人证件类型',
      how: 'coded' as const,
      rule: certType.name,
      optional: true,
    },
    {
      canon: '/mobile',
      wire: ['mobile'],
      label: '手机',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
    {
      canon: '/legalRepresentative',
      wire: ['extInfo/lawPerson'],
      label: '法定代表人',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
    {
      canon: '/address',
      wire: ['extInfo/address'],
      label: '地址',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
  ],
}

/** The certificate of a person is the identity card, of an organisation the credit code, unless `extInfo` says otherwise. */
function typeOf(wire: Wire, place: Place): string {
  const word = wire.extInfo?.targetLicenseType
  if (word) return certType.decode(word, {}, place)
  return wire.targetType === '个人' ? '111' : '001'
}

const linesOfTarget = (at: string): readonly Line[] => [
  ['coded', ['targetType'], [`${at}/kind`], '申请人类型', applicantKind.name],
  ['copied', ['targetName'], [`${at}/name`], '申请人', 'text'],
  ['copied', ['targetNo'], [`${at}/idDocument/number`], '申请人证件号码', 'text'],
]

function linesOfApplicant(wire: Wire, at: string): readonly (Line | false)[] {
  const { targetLicenseType, lawPerson, address } = wire.extInfo ?? {}
  return [
    ...linesOfTarget(at),
    !!targetLicenseType && [
      'coded',
      ['extInfo/targetLicenseType'],
      [`${at}/idDocument/type`],
      '申请人证件类型',
      certType.name,
    ],
    actsHimself(wire) && ['copied', ['mobile'], [`${at}/mobile`], '手机', 'text'],
    !!lawPerson && ['copied', ['extInfo/lawPerson'], [`${at}/legalRepresentative`], '法定代表人', 'text'],
    !!address && ['copied', ['extInfo/address'], [`${at}/address`], '地址', 'text'],
  ]
}
