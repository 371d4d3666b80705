/** 送达方式: `sendway`, and for the post an addressee as JSON in a string (contract 4.b). */
import { GatewayError } from '../../errors.ts'
import type { Application } from '../../schemas/application.ts'
import { asText } from '../kit/codecs.ts'
import type { ApplicationContext } from '../kit/contract.ts'
import { parseInner } from '../kit/inner-json.ts'
import { isAbsent } from '../kit/table.ts'
import { type Place, ROOT } from '../kit/trace.ts'
import type { WireApplication as Wire } from './application.wire.ts'
import { sendWay } from './codes.ts'
import { lost, note } from './traces.ts'

type Delivery = NonNullable<Application['delivery']>

const MEMBERS = [
  ['postname', 'name'],
  ['postmobile', 'mobile'],
  ['postaddress', 'address'],
] as const

function readPost(wire: Wire, place: Place): Partial<Delivery> {
  if (isAbsent(wire.postinfo)) return {}
  const parsed = parseInner(wire.postinfo)
  if (typeof parsed !== 'object' || parsed === null) throw new GatewayError('FIELD_UNREADABLE')
  const told: { name?: string; mobile?: string; address?: string } = {}
  for (const [member, target] of MEMBERS) {
    const value = (parsed as Readonly<Record<string, unknown>>)[member]
    if (!isAbsent(value)) told[target] = asText(value)
  }
  if (place.notes) {
    const read = Object.keys(told).map((member) => `${place.canon}/${member}`)
    note(place, 'split', ['postinfo'], read, '收件人', 'postinfo: JSON in a string')
  }
  return told
}

export const delivery = {
  name: 'sendway and postinfo',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, _context: ApplicationContext, place: Place): Delivery => {
    if (place.notes) note(place, 'coded', ['sendway'], [`${place.canon}/mode`], '送达方式', sendWay.name)
    return { mode: sendWay.decode(wire.sendway, {}, ROOT), ...readPost(wire, place) }
  },
  encode: (canon: Application['delivery'], { matter }: ApplicationContext, place: Place): Partial<Wire> => {
    if (!canon) {
      // Jiangsu wants a way of delivery; nobody named one, so the matter's own first one stands.
      const own = matter.deliveryModes?.find((one) => sendWay.table[one].length > 0 && one !== 'post')
      note(place, 'defaulted', ['sendway'], [], '送达方式', 'first of matter.sendway without an address')
      return { sendway: sendWay.codeOf(own ?? 'download') }
    }
    if (place.notes) tellWritten(canon, place)
    const sendway = sendWay.table[canon.mode][0] ?? sendWay.codeOf('download')
    if (canon.mode !== 'post') return { sendway }
    const post: Record<string, string> = {}
    for (const [member, own] of MEMBERS) {
      const value = canon[own]
      if (value !== undefined) post[member] = value
    }
    return { sendway, postinfo: JSON.stringify(post) }
  },
  rows: () => [
    {
      canon: '/mode',
      wire: ['sendway'],
      label: '送达方式',
      how: 'coded' as const,
      rule: sendWay.name,
      optional: false,
    },
    ...MEMBERS.map(([member, own]) => ({
      canon: `/${own}`,
      wire: [`postinfo/${member}`],
      label: '收件人',
      how: 'merged' as const,
      rule: 'postinfo: JSON in a string',
      optional: true,
    })),
  ],
}

function tellWritten(canon: Delivery, place: Place): void {
  const pointers = MEMBERS.filter(([, own]) => canon[own] !== undefined).map(
    ([, own]) => `${place.canon}/${own}`,
  )
  note(place, 'coded', ['sendway'], [`${place.canon}/mode`], '送达方式', sendWay.name)
  if (canon.mode === 'post')
    note(place, 'merged', ['postinfo'], pointers, '收件人', 'postinfo: JSON in a string')
  else lost(place, pointers, '收件人', '不邮寄时江苏不登记收件人')
}
