/** Jiangsu's service windows (contract 4 (k)): hours in free words, matters by their implementation codes (实施编码). */
import type { RegionalWindow } from '../../schemas/window.ts'
import { asInteger } from '../kit/codecs.ts'
import { compile } from '../kit/compile.ts'
import type { RecordContext, RegionLink } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import { maybe, none, row, spread } from '../kit/table.ts'
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
import { WireWindow } from './window.wire.ts'

const place = placeIn('jiangsu/window/place', 'longitude', 'latitude')

const table = compile<WireWindow, RegionalWindow, RecordContext>('jiangsu/window', {
  code: row('windowguid', '窗口标识', windowCode),
  division: row('areacode', '区划', six),
  name: row('windowname', '窗口名称', called),
  hall: maybe('centername', '中心名称', shown(200)),
  hallCode: maybe('centerguid', '中心标识', shown(64)),
  number: maybe('windowno', '窗口号', shown(40)),
  address: maybe('address', '地址', shown(300)),
  phone: maybe('phone', '电话', shown(60)),
  hours: maybe('worktime', '办公时间', hoursInWords),
  lon: spread(['longitude', 'latitude'], '经度', place.lon),
  lat: spread(['latitude', 'longitude'], '纬度', place.lat),
  isCrossRegion: row('iscsj', '长三角专窗', crossRegion('jiangsu/window/iscsj')),
  matterCodes: spread(['taskcodes'], '可办事项实施编码', codesIn('taskcodes', ';')),
  updatedAt: none('江苏的窗口没有更新时间'),
})

export const window = message('jiangsu/window', WireWindow, table)

/** (k) One page of a city's windows. Its pages count from 0. */
export const windowList =
  (call: Caller, context: RecordContext): NonNullable<RegionLink['listWindows']> =>
  async ({ division, page, pageSize }) => {
    const found = await call.hall('window-list', 'center', 'zwdtCenter/getWindowList', {
      areacode: division,
      currentpage: String(page - 1),
      pagesize: String(pageSize),
    })
    return readWindows(found['windowlist'], asInteger(found['totalcount']), window, context, 'windowguid')
  }
