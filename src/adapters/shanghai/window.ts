/** Shanghai's service windows (contract 4.11 (k)). The only region that says in which datum its coordinates are. */
import gcoord from 'gcoord'
import type { RegionalWindow } from '../../schemas/window.ts'
import { asInteger } from '../kit/codecs.ts'
import type { Alarms } from '../kit/codes.ts'
import { compile } from '../kit/compile.ts'
import { objectOf } from '../kit/connect.ts'
import type { RecordContext, RegionLink } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import { isAbsent, maybe, none, row, spread } from '../kit/table.ts'
import {
  called,
  codesIn,
  crossRegion,
  hoursInWords,
  placeIn,
  readWindows,
  shown,
  windowCode,
} from '../kit/window-rows.ts'
import { six } from './areas.ts'
import type { Caller } from './call.ts'
import type { ShanghaiConfig } from './config.ts'
import { WireWindow } from './window.wire.ts'

// Its types tell of an ES module, and what Node loads is CommonJS: the same object, one step nearer.
const { transform, CRSTypes } = gcoord as unknown as typeof gcoord.default

interface Spot {
  readonly lon: number
  readonly lat: number
}

/** The contract has `WGS84` alone. What a map of the city's may write instead is converted here; any other word places nothing. */
function toWgs84({ lon, lat }: Spot, { coordType }: { readonly coordType?: unknown }): Spot | undefined {
  if (isAbsent(coordType) || coordType === 'WGS84') return { lon, lat }
  if (coordType !== 'GCJ02') return undefined
  const [x = lon, y = lat] = transform([lon, lat], CRSTypes.GCJ02, CRSTypes.WGS84)
  return { lon: x, lat: y }
}

const place = placeIn('shanghai/window/place', 'lon', 'lat', toWgs84)

const table = compile<WireWindow, RegionalWindow, RecordContext>(
  'shanghai/window',
  {
    code: row('windowId', '窗口编号', windowCode),
    division: row('areaCode', '区划', six),
    name: row('windowName', '窗口名称', called),
    hall: none('上海的窗口没有大厅名称这一项'),
    hallCode: none('上海的窗口没有大厅编号这一项'),
    number: none('上海的窗口没有窗口号这一项'),
    address: maybe('address', '地址', shown(300)),
    phone: maybe('phone', '电话', shown(60)),
    hours: maybe('workTime', '办公时间', hoursInWords),
    lon: spread(['lon', 'lat', 'coordType'], '经度', place.lon),
    lat: spread(['lat', 'lon', 'coordType'], '纬度', place.lat),
    isCrossRegion: row('csjFlag', '长三角专窗', crossRegion('shanghai/window/csjFlag')),
    matterCodes: spread(['itemCodes'], '可办事项编码', codesIn('itemCodes', ',')),
    updatedAt: none('上海的窗口没有更新时间'),
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

export const window = message('shanghai/window', WireWindow, table)

/** (k) One page of the city's windows, or of a district's. */
export function windowCalls(
  { options }: ShanghaiConfig,
  call: Caller,
  alarms: Alarms,
): Required<Pick<RegionLink, 'listWindows'>> {
  return {
    listWindows: async ({ division, page, pageSize }) => {
      const found = objectOf(
        await call.json('window-list', '/portal/queryWindowPage', {
          areaCode: division === '310000' ? options.cityRegionCode : division,
          pageNo: page,
          pageSize,
        }),
      )
      return readWindows(found['windows'], asInteger(found['total']), window, { options, alarms }, 'windowId')
    },
  }
}
