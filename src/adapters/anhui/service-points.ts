/** The service windows of a matter, by their identifiers. */
import type { ServicePoint } from '../../schemas/matter.ts'
import { leaves } from '../../schemas/pointers.ts'
import { asText } from '../kit/codecs.ts'
import type { RecordContext } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import type { Place } from '../kit/trace.ts'
import type { WireMatter as Wire } from './matter.wire.ts'

/** `windowIds`: the detail tells identifiers alone, the rest of a window is another operation. */
export const servicePoints = {
  name: 'windowIds joined by ,',
  how: 'split' as const,
  deep: true as const,
  decode: (wire: Wire, _context: RecordContext, place: Place): ServicePoint[] | undefined => {
    const at = `${place.wire}/windowIds`
    if (isAbsent(wire.windowIds)) {
      if (wire.windowIds !== undefined)
        place.notes?.push({
          how: 'dropped',
          wire: [at],
          canon: [],
          label: '服务窗口',
          rule: 'absent',
          reason: '空值: 没有内容可转换',
        })
      return undefined
    }
    const points = asText(wire.windowIds)
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '')
      .map((id) => ({ id }))
    place.notes?.push({
      how: 'split',
      wire: [at],
      canon: leaves(points, place.canon),
      label: '服务窗口',
      rule: 'windowIds',
    })
    return points
  },
  encode: (canon: ServicePoint[] | undefined, _context: RecordContext, place: Place): Partial<Wire> => {
    if (!canon) return {}
    const all = leaves(canon, place.canon)
    const ids = all.filter((leaf) => leaf.endsWith('/id'))
    const lost = all.filter((leaf) => !leaf.endsWith('/id') && leaf !== place.canon)
    if (ids.length > 0)
      place.notes?.push({
        how: 'merged',
        wire: [`${place.wire}/windowIds`],
        canon: ids,
        label: '服务窗口',
        rule: 'windowIds',
      })
    if (lost.length > 0)
      place.notes?.push({
        how: 'dropped',
        wire: [],
        canon: lost,
        label: '服务窗口',
        rule: 'none',
        reason: '安徽的事项只写服务窗口的标识, 其余由窗口接口取得',
      })
    return { windowIds: canon.map((one) => one.id).join(',') }
  },
  rows: () => [
    {
      canon: '/*/id',
      wire: ['windowIds'],
      label: '服务窗口',
      how: 'split' as const,
      rule: 'windowIds joined by ,',
      optional: true,
    },
  ],
}
