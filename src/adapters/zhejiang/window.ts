/** Zhejiang's service windows (contract 4.k). */
import { GatewayError } from '../../errors.ts'
import type { RegionalWindow } from '../../schemas/window.ts'
import { asInteger } from '../kit/codecs.ts'
import { compile } from '../kit/compile.ts'
import type { RecordContext, RegionLink } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import { type Codec, maybe, none, row, spread } from '../kit/table.ts'
import {
  called,
  changedAt,
  codesIn,
  crossRegion,
  hoursInWords,
  placeIn,
  readWindows,
  shown,
  windowCode,
} from '../kit/window-rows.ts'
import { cityOf, isCityArea, wireOf } from './areas.ts'
import type { Caller } from './call.ts'
import { WireWindow } from './window.wire.ts'

/** The city's own level is the city; a county stays what it is, since that is where its windows are. */
const area: Codec<string | number, string, RecordContext> = {
  name: 'area, xxxx01 for a city',
  how: 'derived',
  decode: (wire, { options }) => {
    const code = String(wire)
    if (!/^33\d{4}$/.test(code)) throw new GatewayError('FIELD_UNREADABLE')
    return isCityArea(code, options) ? cityOf(code) : code
  },
  encode: (canon, { options }) => wireOf(canon, options),
}

const place = placeIn('zhejiang/window/place', 'LON', 'LAT')

const table = compile<WireWindow, RegionalWindow, RecordContext>('zhejiang/window', {
  code: row('WINDOW_GUID', '窗口标识', windowCode),
  division: row('BELONGXIAQUCODE', '区划', area),
  name: row('WINDOW_NAME', '窗口名称', called),
  hall: maybe('HALL_NAME', '大厅名称', shown(200)),
  hallCode: none('浙江的窗口没有大厅编号这一项'),
  number: none('浙江的窗口没有窗口号这一项'),
  address: maybe('ADDRESS', '地址', shown(300)),
  phone: maybe('LINK_TEL', '联系电话', shown(60)),
  hours: maybe('ACCEPT_TIMEDESC', '办理时间', hoursInWords),
  lon: spread(['LON', 'LAT'], '经度', place.lon),
  lat: spread(['LAT', 'LON'], '纬度', place.lat),
  isCrossRegion: row('IS_CSJ', '长三角专窗', crossRegion('zhejiang/window/IS_CSJ')),
  matterCodes: spread(['QL_INNER_CODES'], '可办权力内部编码', codesIn('QL_INNER_CODES', ';')),
  updatedAt: maybe('UPDATE_DATE', '更新时间', changedAt),
})

export const window = message('zhejiang/window', WireWindow, table)

/** (k) One page of a city's windows. */
export const windowList =
  (call: Caller, context: RecordContext, apiId: string): NonNullable<RegionLink['listWindows']> =>
  async ({ division, page, pageSize }) => {
    const found = await call.sharing('window-list', 'matter', apiId, {
      BELONGXIAQUCODE: wireOf(division, context.options),
      pageNo: String(page),
      pageSize: String(pageSize),
    })
    return readWindows(found['datas'], asInteger(found['dataCount']), window, context, 'WINDOW_GUID')
  }
