/** Anhui's service windows (contract 4k): opening hours are JSON in a string. */
import type { OpenStretch, RegionalWindow, WindowHours } from '../../schemas/window.ts'
import { asInteger } from '../kit/codecs.ts'
import { compile } from '../kit/compile.ts'
import type { RecordContext, RegionLink } from '../kit/contract.ts'
import { inOrder, rangeIn } from '../kit/hours.ts'
import { message } from '../kit/message.ts'
import { type Codec, maybe, none, row, spread } from '../kit/table.ts'
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
import { area, wireOf } from './areas.ts'
import type { Caller } from './call.ts'
import { WireWindow } from './window.wire.ts'

/** `[{"week":"1-5","am":"09:00-12:00","pm":"13:00-17:00"}]`; words that are no JSON are read as words. */
const openTime: Codec<string | number, WindowHours, RecordContext> = {
  name: 'opening hours, JSON in a string',
  how: 'derived',
  decode: (wire, context, place) => {
    const told = hoursInWords.decode(wire, context, place)
    const weekly = typeof wire === 'string' ? weekIn(wire) : undefined
    return weekly ? { ...told, weekly } : told
  },
  encode: (canon) => canon.text,
}

/** The week of it, whole; nothing where any part is not as the contract has it. */
function weekIn(told: string): OpenStretch[] | undefined {
  const parts = jsonIn(told)
  if (!Array.isArray(parts)) return undefined
  const stretches = parts.map(stretchesOf)
  return stretches.includes(undefined) ? undefined : inOrder(stretches.flatMap((one) => one ?? []))
}

function jsonIn(told: string): unknown {
  try {
    return JSON.parse(told)
  } catch {
    return undefined
  }
}

/** One part: ISO weekdays `n` or `n-m`, and a half of the day each, `""` where it is closed. */
function stretchesOf(part: unknown): readonly OpenStretch[] | undefined {
  const { week, am, pm } = (part ?? {}) as Readonly<Record<string, unknown>>
  const [, first, last = first] = /^([1-7])(?:-([1-7]))?$/.exec(String(week)) ?? []
  const halves = [am, pm].filter((half) => half !== '' && half !== undefined && half !== null)
  const ranges = halves.map((half) => rangeIn(String(half)))
  if (first === undefined || Number(first) > Number(last) || ranges.includes(undefined)) return undefined
  const days = Array.from(
    { length: Number(last) - Number(first) + 1 },
    (_one, index) => Number(first) + index,
  )
  return days.flatMap((weekday) => ranges.flatMap((range) => (range ? [{ weekday, ...range }] : [])))
}

const place = placeIn('anhui/window/place', 'lon', 'lat')

const table = compile<WireWindow, RegionalWindow, RecordContext>('anhui/window', {
  code: row('windowId', '窗口标识', windowCode),
  division: row('areaCode', '区划', area),
  name: row('windowName', '窗口名称', called),
  hall: maybe('hallName', '大厅名称', shown(200)),
  hallCode: none('安徽的窗口没有大厅编号这一项'),
  number: none('安徽的窗口没有窗口号这一项'),
  address: maybe('address', '地址', shown(300)),
  phone: maybe('linkTel', '联系电话', shown(60)),
  hours: maybe('openTime', '开放时间', openTime),
  lon: spread(['lon', 'lat'], '经度', place.lon),
  lat: spread(['lat', 'lon'], '纬度', place.lat),
  isCrossRegion: row('isCsj', '长三角专窗', crossRegion('anhui/window/isCsj')),
  matterCodes: spread(['serviceCodes'], '可办事项编码', codesIn('serviceCodes', ',')),
  updatedAt: none('安徽的窗口没有更新时间'),
})

export const window = message('anhui/window', WireWindow, table)

/** (k) One page of a city's windows. */
export const windowList =
  (call: Caller, context: RecordContext): NonNullable<RegionLink['listWindows']> =>
  async ({ division, page, pageSize }) => {
    const found = await call.item('window-list', '/window/queryWindowList', {
      areaCode: wireOf(division),
      pageNum: page,
      pageSize,
    })
    return readWindows(found['data'], asInteger(found['total']), window, context, 'windowId')
  }
