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

/** The addressee, as far as he is told. */
function addPost(read: Delivery, wire: string, place: Place): void {
  const parsed = parseInner(wire)
  if (typeof parsed !== 'object' || parsed === null) throw new GatewayError('FIELD_UNREADABLE')
  for (const [member, target] of MEMBERS) {
    const value = (parsed as Readonly<Record<string, unknown>>)[member]
    if (!isAbsent(value)) read[target] = asText(value)
  }
  if (!place.notes) return
  const told = MEMBERS.filter(([, target]) => read[target] !== undefined)
  const pointers = told.map(([, target]) => `${place.canon}/${target}`)
  note(place, 'split', ['postinfo'], pointers, '收件人', 'postinfo: JSON in a string')
}

export const delivery = {
  name: 'sendway and postinfo',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, _context: ApplicationContext, place: Place): Delivery => {
    if (place.notes) note(place, 'coded', ['sendway'], [`${place.canon}/mode`], '送达方式', sendWay.name)
    const read: Delivery = { mode: sendWay.decode(wire.sendway, {}, ROOT) }
    if (wire.postinfo) addPost(read, wire.postinfo, place)
    return read
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
