import { MATTERS_BY_AREA } from './catalogue.ts'
import { AREAS, type Area, isAreaCode } from './cities.ts'
import { extra, numberOrText, orAbsent } from './freedoms.ts'
import { pageOf } from './matters.ts'
import type { Office } from './office.ts'
import { pointOf } from './points.ts'
import { pathUnder, type Route, type SharingAnswer } from './routes.ts'
import { checkParameters, digitsUpTo } from './sharing.ts'

interface ServiceWindow {
  readonly guid: string
  readonly name: string
  readonly hall: string
  readonly address: string
  readonly lon: number
  readonly lat: number
  readonly phone: string
  /** `1` for the cross-province window 长三角专窗. */
  readonly crossProvince: '0' | '1'
  readonly matterCodes: string
  readonly areaCode: string
  readonly hours: string
}

/** Text (4.k): halls write what they like, and one of them what nobody can read. */
const ORDINARY_HOURS = [
  '周一至周五 上午8:30-12:00, 下午13:30-17:00; 周六 9:00-12:00',
  '工作日 8:30-17:00(法定节假日除外)',
  '请以现场公告为准',
] as const

/** One of the windows of an area: the first one serves the other provinces, the second one is ordinary. */
function windowOf(area: Area, place: 1 | 2): ServiceWindow {
  const guid = `win-${area.code}-${place}`
  const served = (MATTERS_BY_AREA.get(area.code) ?? [])
    .filter(({ row }) => row['ACCEPT_ADDRESS_INFO']?.includes(`<UUID>${guid}</UUID>`))
    .map(({ code }) => code)
    .sort()
  const { hall, address, phone, hours } = pointOf(area, place)
  return {
    guid,
    name: place === 1 ? '长三角“一网通办”专窗' : '综合受理窗口',
    hall,
    address,
    lon: Number((area.lon + place / 1000).toFixed(4)),
    lat: Number((area.lat + place / 1000).toFixed(4)),
    phone,
    crossProvince: place === 1 ? '1' : '0',
    matterCodes: served.join(';'),
    areaCode: area.code,
    hours: place === 1 ? hours : (ORDINARY_HOURS[AREAS.indexOf(area) % 3] ?? ''),
  }
}

const WINDOWS: ReadonlyMap<string, readonly ServiceWindow[]> = new Map(
  AREAS.map((area) => [
    area.code,
    // Zhoushan has the cross-province window only (contract section 8).
    area.code === '330901' ? [windowOf(area, 1)] : [windowOf(area, 1), windowOf(area, 2)],
  ]),
)

function windowRow(office: Office, found: ServiceWindow): Record<string, unknown> {
  return {
    WINDOW_GUID: found.guid,
    WINDOW_NAME: found.name,
    HALL_NAME: found.hall,
    ADDRESS: found.address,
    LON: numberOrText(office, found.lon),
    LAT: numberOrText(office, found.lat),
    LINK_TEL: found.phone,
    ACCEPT_TIMEDESC: found.hours,
    IS_CSJ: found.crossProvince,
    QL_INNER_CODES: orAbsent(office, found.matterCodes),
    BELONGXIAQUCODE: found.areaCode,
    UPDATE_DATE: '2024-01-01 08:00:00',
    ...extra(office, 'FLOOR_DESC', ''),
  }
}

function listWindows(office: Office, query: ReadonlyMap<string, string>): SharingAnswer {
  checkParameters(query, {
    BELONGXIAQUCODE: { fits: isAreaCode },
    pageNo: { fits: digitsUpTo(Number.MAX_SAFE_INTEGER) },
    pageSize: { fits: digitsUpTo(100) },
    IS_CSJ: { fits: (value) => value === '0' || value === '1', optional: true },
  })
  const wanted = query.get('IS_CSJ')
  const windows = WINDOWS.get(query.get('BELONGXIAQUCODE') ?? '') ?? []
  const shown = windows.filter(({ crossProvince }) => wanted === undefined || crossProvince === wanted)
  return pageOf(office, query, shown, (found) => windowRow(office, found))
}

/** The windows of an area (contract 4.k). */
export function windowRoutes(office: Office): readonly Route[] {
  const { sharingApiPath, sharingApiIds } = office.config.options
  return [
    {
      operation: 'window-list',
      method: 'GET',
      path: `${pathUnder(office.config, 'matter', sharingApiPath)}/${sharingApiIds.windowList}.htm`,
      handler: { kind: 'sharing', answer: ({ query }) => listWindows(office, query) },
    },
  ]
}
