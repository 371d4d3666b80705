/** One service point of a matter: a row of `getItemAreaList` (contract 4.1). */
import type { ServicePoint } from '../../schemas/matter.ts'
import { text } from '../kit/codecs.ts'
import { compile } from '../kit/compile.ts'
import type { RecordContext } from '../kit/contract.ts'
import { maybe, none, row } from '../kit/table.ts'
import { six } from './areas.ts'
import type { WireArea } from './matter.wire.ts'

export const area = compile<WireArea, ServicePoint, RecordContext>(
  'shanghai/area',
  {
    id: row('windowId', '窗口编号', text),
    name: none('上海的办理点以区名称呼'),
    division: maybe('areaCode', '区划', six),
    address: maybe('address', '地址', text),
    phone: maybe('phone', '电话', text),
    hours: maybe('workTime', '办公时间', text),
    lon: none('上海的办理点列表没有经纬度'),
    lat: none('上海的办理点列表没有经纬度'),
  },
  [
    {
      wire: 'areaName',
      label: '区名称',
      rule: 'derived from areaCode',
      dropped: '由区划代码得知',
      value: () => undefined,
    },
  ],
)
