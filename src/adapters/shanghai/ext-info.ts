/** `extInfo`: what Shanghai's application keeps beside its documented members (contract 4.2). */
import type { Application } from '../../schemas/application.ts'
import { leaves } from '../../schemas/pointers.ts'
import type { ApplicationContext as C } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
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
    const given = RECEIVER.filter(([member]) => !isAbsent(told[member]))
    if (place.notes)
      tell(place, [
        ['coded', ['extInfo/delivery/lqfs'], [`${place.canon}/mode`], '领取方式', deliveryMode.name],
        ...given.map(
          ([member, target]): Line => [
            'copied',
            [`extInfo/delivery/${member}`],
            [`${place.canon}/${target}`],
            '收件人',
            'text',
          ],
        ),
      ])
    return {
      mode: deliveryMode.decode(told.lqfs, {}, place),
      ...Object.fromEntries(given.map(([member, target]) => [target, told[member]])),
    }
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

function writeDelivery(wanted: Delivery, place: Place): WireDelivery {
  const given = RECEIVER.filter(([, target]) => wanted[target])
  if (place.notes)
    tell(place, [
      ['coded', ['extInfo/delivery/lqfs'], ['/delivery/mode'], '领取方式', deliveryMode.name],
      ...given.map(
        ([member, target]): Line => [
          'copied',
          [`extInfo/delivery/${member}`],
          [`/delivery/${target}`],
          '收件人',
          'text',
        ],
      ),
    ])
  return {
    lqfs: deliveryMode.codeOf(wanted.mode),
    ...Object.fromEntries(given.map(([member, target]) => [member, wanted[target]])),
  }
}

/** The whole member, with the licences and the delivery in it. */
export function extInfo(canon: Application, { sourceNumber, matter }: C, place: Place): WireExtInfo {
  const { applicant: target, delivery: wanted } = canon
  const certs = certsOf(canon.documents, place)
  const mode = canon.mode ?? matter.mode
  if (place.notes) tell(place, linesOf(canon, mode))
  return {
    sourceRegion: canon.sourceDivision,
    sourceCaseNo: sourceNumber,
    ...(mode ? { handleMode: handleMode.codeOf(mode) } : {}),
    targetLicenseType: wordOfCert(target.idDocument.type),
    ...(target.legalRepresentative ? { lawPerson: target.legalRepresentative } : {}),
    ...(target.address ? { address: target.address } : {}),
    ...(wanted ? { delivery: writeDelivery(wanted, place) } : {}),
    ...(certs.length > 0 ? { certs } : {}),
  }
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
