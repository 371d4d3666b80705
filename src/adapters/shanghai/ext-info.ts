/** `extInfo`: what Shanghai's application keeps beside its documented members (contract 4.2). */
import type { Application } from '../../schemas/application.ts'
import { leaves } from '../../schemas/pointers.ts'
import type { ApplicationContext as C } from '../kit/contract.ts'
import type { Place } from '../kit/trace.ts'
import type { WireApplication as Wire, WireExtInfo } from './application.wire.ts'
import { deliveryMode, handleMode } from './codes.ts'
import { certsOf } from './materials.ts'
import { wordOfCert } from './persons.ts'
import { type Line, lost, tell } from './trace.ts'

type Delivery = NonNullable<Application['delivery']>
type WireDelivery = NonNullable<WireExtInfo['delivery']>

const RECEIVER = [
  ['sjrusername', 'name'],
  ['sjrmobile', 'mobile'],
  ['sjraddress', 'address'],
] as const

/** `extInfo.delivery`. */
export const delivery = {
  name: 'extInfo.delivery',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): Application['delivery'] | undefined => {
    const told = wire.extInfo?.delivery
    if (!told) return undefined
    if (place.notes) tell(place, linesRead(told, place.canon))
    const read: Delivery = { mode: deliveryMode.decode(told.lqfs, {}, place) }
    for (const [member, target] of RECEIVER) {
      const value = told[member]
      if (value) read[target] = value
    }
    return read
  },
  // Written with the rest of `extInfo`.
  encode: (): Partial<Wire> => ({}),
  rows: () => [
    {
      canon: '/mode',
      wire: ['extInfo/delivery/lqfs'],
      label: '领取方式',
      how: 'coded' as const,
      rule: deliveryMode.name,
      optional: false,
    },
    {
      canon: '/name',
      wire: ['extInfo/delivery/sjrusername'],
      label: '收件人',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
    {
      canon: '/mobile',
      wire: ['extInfo/delivery/sjrmobile'],
      label: '收件人手机',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
    {
      canon: '/address',
      wire: ['extInfo/delivery/sjraddress'],
      label: '收件地址',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
  ],
}

const linesRead = (told: WireDelivery, at: string): readonly (Line | false)[] => [
  ['coded', ['extInfo/delivery/lqfs'], [`${at}/mode`], '领取方式', deliveryMode.name],
  ...RECEIVER.map(([member, target]) => !!told[member] && lineOfReceiver(member, `${at}/${target}`)),
]

const linesWritten = (wanted: Delivery): readonly (Line | false)[] => [
  ['coded', ['extInfo/delivery/lqfs'], ['/delivery/mode'], '领取方式', deliveryMode.name],
  ...RECEIVER.map(([member, target]) => !!wanted[target] && lineOfReceiver(member, `/delivery/${target}`)),
]

const lineOfReceiver = (member: string, canon: string): Line => [
  'copied',
  [`extInfo/delivery/${member}`],
  [canon],
  '收件人',
  'text',
]

function writeDelivery(wanted: Delivery, place: Place): WireDelivery {
  if (place.notes) tell(place, linesWritten(wanted))
  const written: WireDelivery = { lqfs: deliveryMode.codeOf(wanted.mode) }
  for (const [member, target] of RECEIVER) {
    const value = wanted[target]
    if (value) written[member] = value
  }
  return written
}

/** The whole member, with the licences and the delivery in it. */
export function extInfo(canon: Application, { sourceNumber, matter }: C, place: Place): WireExtInfo {
  const { applicant: target, delivery: wanted } = canon
  const certs = certsOf(canon.documents, place)
  const mode = canon.mode ?? matter.mode
  if (place.notes) tell(place, linesOf(canon, mode))
  const written: WireExtInfo = { sourceRegion: canon.sourceDivision, sourceCaseNo: sourceNumber }
  if (mode) written.handleMode = handleMode.codeOf(mode)
  written.targetLicenseType = wordOfCert(target.idDocument.type)
  if (target.legalRepresentative) written.lawPerson = target.legalRepresentative
  if (target.address) written.address = target.address
  if (wanted) written.delivery = writeDelivery(wanted, place)
  if (certs.length > 0) written.certs = certs
  return written
}

const NO_PLACE = '上海的申请没有这一项'

const linesOf = (
  { applicant: target, mode: told }: Application,
  mode: Application['mode'],
): readonly (Line | false)[] => [
  ['copied', ['extInfo/sourceRegion'], ['/sourceDivision'], '来源区划', 'text'],
  ['defaulted', ['extInfo/sourceCaseNo'], [], '来源办件编号', 'source number'],
  mode !== undefined &&
    (told
      ? ['coded', ['extInfo/handleMode'], ['/mode'], '通办方式', handleMode.name]
      : ['defaulted', ['extInfo/handleMode'], [], '通办方式', 'matter.mode']),
  !!target.legalRepresentative && [
    'copied',
    ['extInfo/lawPerson'],
    ['/applicant/legalRepresentative'],
    '法定代表人',
    'text',
  ],
  !!target.address && ['copied', ['extInfo/address'], ['/applicant/address'], '地址', 'text'],
  target.postcode !== undefined && lost(['/applicant/postcode'], '邮编', NO_PLACE),
  target.legalRepresentativeId !== undefined &&
    lost(
      leaves(target.legalRepresentativeId, '/applicant/legalRepresentativeId'),
      '法定代表人证件',
      NO_PLACE,
    ),
]
