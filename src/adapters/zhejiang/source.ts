/** Where an application came from, `extInfo` (contract 4.b.2, designed). */
import type { ApplicationContext as C } from '../kit/contract.ts'
import type { Place } from '../kit/trace.ts'
import type { WireApplication as Wire } from './application.wire.ts'
import { tell } from './trace.ts'

/** The code of the sending place in plain GB/T 2260, and its province (trap 5). */
export const sourceDivision = {
  name: 'extInfo.sourceAreaCode',
  how: 'copied' as const,
  deep: true as const,
  decode: ({ extInfo: { sourceAreaCode, sourceRegion } }: Wire, _context: C, place: Place) => {
    const from = sourceAreaCode ? 'extInfo/sourceAreaCode' : 'extInfo/sourceRegion'
    if (place.notes)
      tell(place, [
        ['copied', [from], [place.canon], '来源区划', 'text'],
        !!sourceAreaCode && [
          'dropped',
          ['extInfo/sourceRegion'],
          [],
          '来源省',
          'first two digits',
          '由来源区划得知',
        ],
      ])
    return sourceAreaCode || sourceRegion
  },
  encode: (canon: string, { sourceNumber }: C, place: Place): Partial<Wire> => {
    const members = ['extInfo/sourceAreaCode', 'extInfo/sourceRegion']
    if (place.notes)
      tell(place, [
        ['split', members, [place.canon], '来源区划', 'code and its province'],
        ['defaulted', ['extInfo/sourceProjectNo'], [], '来源办件编号', 'source number'],
      ])
    return {
      extInfo: {
        sourceRegion: `${canon.slice(0, 2)}0000`,
        sourceProjectNo: sourceNumber,
        sourceAreaCode: canon,
      },
    }
  },
  rows: () => [
    {
      canon: '',
      wire: ['extInfo/sourceAreaCode'],
      label: '来源区划',
      how: 'copied' as const,
      rule: 'text',
      optional: false,
    },
  ],
}
