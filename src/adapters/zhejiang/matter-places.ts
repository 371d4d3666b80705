/** Where a matter is handled over the counter, `ACCEPT_ADDRESS_INFO`: XML in a string (contract 4.a.2). */
import type { ServicePoint } from '../../schemas/matter.ts'
import { asText } from '../kit/codecs.ts'
import { isAbsent } from '../kit/table.ts'
import type { WireMatter as Wire } from './matter.wire.ts'
import { elements, itemsOf, listOf, textIn as told } from './xml.ts'

/** `ACCEPT_ADDRESS_INFO`: three S in the outer name (trap 1). */
export const servicePoints = {
  name: 'ACCEPT_ADDRESS_INFO: XML in a string',
  how: 'split' as const,
  decode: (wire: Wire): ServicePoint[] | undefined => {
    if (isAbsent(wire.ACCEPT_ADDRESS_INFO)) return undefined
    return itemsOf(wire.ACCEPT_ADDRESS_INFO ?? '', 'ACCEPT_ADDRESSS', 'ACCEPT_ADDRESS').map((one) => ({
      id: asText(one['UUID']),
      ...(told(one['ADDRESS']) === '' ? {} : { address: told(one['ADDRESS']) }),
      ...(told(one['PHONE']) === '' ? {} : { phone: told(one['PHONE']) }),
      ...(told(one['ACCEPT_TIMEDESC']) === '' ? {} : { hours: told(one['ACCEPT_TIMEDESC']) }),
    }))
  },
  encode: (canon: ServicePoint[] | undefined): Partial<Wire> =>
    canon === undefined
      ? {}
      : { ACCEPT_ADDRESS_INFO: listOf('ACCEPT_ADDRESSS', 'ACCEPT_ADDRESS', canon.map(writePoint)) },
}

const writePoint = (one: ServicePoint): string =>
  elements({
    ADDRESS_KIND: '1',
    ADDRESS: one.address ?? '',
    ACCEPT_TIMEDESC: one.hours ?? '',
    PHONE: one.phone ?? '',
    UUID: one.id,
  })
