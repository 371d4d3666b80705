import { hallOf, hoursOf, houseOf, isOpenOnSaturday } from '../local.ts'
import { MATTERS_BY_AREA } from './catalogue.ts'
import { CITIES, type City, isAreaCode } from './cities.ts'
import { oneOf } from './formats.ts'
import { extras } from './freedoms.ts'
import { pageAnswer } from './matters.ts'
import type { Office } from './office.ts'
import type { FlagAnswer, Route } from './routes.ts'
import { countMember, type JsonObject, may, must, refuseUnknown, textMember } from './shapes.ts'

const MORNING = '09:00-12:00'

/** The windows of each city: one for the other provinces, one ordinary, one that gives advice on Sundays too. */
const KINDS = [
  {
    name: '长三角"一网通办"专窗',
    isCsj: '1',
    hours: [
      { week: '1-5', am: MORNING, pm: '13:30-17:30' },
      { week: '6', am: MORNING, pm: '' },
    ],
  },
  { name: '综合受理窗口', isCsj: '0', hours: [{ week: '1-5', am: MORNING, pm: '14:00-17:00' }] },
  { name: '咨询导办窗口', isCsj: '0', hours: [{ week: '1-7', am: MORNING, pm: '13:00-17:00' }] },
] as const

/** The hall of the model city is that of the contract's sample. */
const MODEL = '340100'

/** Hall, street and hours of a city; the first window alone keeps hours of its own. */
function placeOf({ division, name }: City) {
  if (division === MODEL)
    return { hall: '政务服务中心', address: `${name}市示例路1号`, hours: KINDS[0].hours }
  const [am, pm] = hoursOf(division)
  const week = { week: '1-5', am, pm }
  return {
    hall: hallOf(division),
    address: `${name}市${houseOf(division, 0)}`,
    hours: isOpenOnSaturday(division) ? [week, { week: '6', am, pm: '' }] : [week],
  }
}

function windowsOf(
  city: City,
): readonly (Record<string, string> & { serviceCodes: string; isCsj: string })[] {
  const own = placeOf(city)
  return KINDS.map(({ name, isCsj, hours }, place) => {
    const windowId = `W${city.division.slice(0, 4)}00${place + 1}`
    const served = (MATTERS_BY_AREA.get(city.areaCode) ?? []).filter((matter) =>
      matter.windowIds.includes(windowId),
    )
    return {
      windowId,
      windowName: name,
      hallName: `${city.name}市${own.hall}(示例)`,
      areaCode: city.areaCode,
      address: own.address,
      lon: (city.lon + place / 1000).toFixed(6),
      lat: (city.lat + place / 1000).toFixed(6),
      linkTel: `${city.dialling}-00000000`,
      openTime: JSON.stringify(isCsj === '1' ? own.hours : hours),
      isCsj,
      serviceCodes: served
        .map(({ sc }) => sc)
        .sort()
        .join(','),
    }
  })
}

const WINDOWS = new Map(CITIES.map((city) => [city.areaCode, windowsOf(city)]))

function listWindows(office: Office, body: JsonObject): FlagAnswer {
  const areaCode = textMember(body, 'areaCode', must(isAreaCode))
  const serviceCode = textMember(body, 'serviceCode', may())
  const isCsj = textMember(body, 'isCsj', may(oneOf('0', '1')))
  const pageNum = countMember(body, 'pageNum', 999_999)
  const pageSize = countMember(body, 'pageSize', 100)
  refuseUnknown(body, ['areaCode', 'serviceCode', 'isCsj', 'pageNum', 'pageSize'])
  const shown = (WINDOWS.get(areaCode) ?? []).filter(
    (found) =>
      (serviceCode === '' || found.serviceCodes.split(',').includes(serviceCode)) &&
      (isCsj === '' || found.isCsj === isCsj),
  )
  return pageAnswer(office, shown, { pageNum, pageSize }, (found) => ({ ...found, ...extras(office) }))
}

/** The service windows of a city (contract 4k). */
export function windowRoutes(office: Office): readonly Route[] {
  return [
    {
      operation: 'window-list',
      method: 'POST',
      group: 'item',
      tail: '/window/queryWindowList',
      style: 'json',
      answer: (body) => listWindows(office, body),
    },
  ]
}
