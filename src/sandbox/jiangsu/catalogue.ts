import { copyFeeOf, diallingOf, hallOf, hoursOf, houseOf, isOpenOnSaturday, promisedIn } from '../local.ts'
import catalogue from './catalogue.json' with { type: 'json' }
import { creditCodeCheck, organCheck } from './check-digits.ts'
import { CITIES, type City } from './cities.ts'
import { guidOf } from './office.ts'

type Template = (typeof catalogue.matters)[number]
export type Material = Template['materials'][number]
export type FormField = {
  name: string
  label: string
  type: string
  required: string
  code: string
  maxlength: string
}
export type Center = Template['centers'][number]

/** One matter in one city (contract 4.a and section 8). */
export interface Matter extends Omit<Template, 'materials' | 'formfields' | 'centers' | 'offered'> {
  readonly materials: ReadonlyMap<string, Material>
  readonly form: readonly FormField[]
  readonly centers: readonly Center[]
}

const MODEL = { division: '320500', name: '苏州', county: '昆山', lon: 120.585, lat: 31.299 }

/** The organ's code with the city's digits and fresh check characters. */
function organIn(deptcode: string, { division }: City): string {
  const body = deptcode.replace(MODEL.division, division).slice(0, 16)
  const first17 = `${body}${organCheck(body.slice(8, 16))}`
  return `${first17}${creditCodeCheck(first17)}`
}

/** Guids are the city's own; in the model city they are the contract's. */
const guidIn = (guid: string, { division }: City): string =>
  division === MODEL.division ? guid : guidOf(`${division} ${guid}`)

/** Degrees as the contract writes them, as far from the city as the model's are from its own. */
const movedTo = (degrees: string, by: number): string => (Number(degrees) + by).toFixed(6)

/** The matter for which some cities ask a fee for copies. */
const COPIED = '322016014000'

/** What the city promises and asks for; the model has what the contract shows. All offer the same (contract section 8). */
function termsIn({ catalogcode, promise_day }: Template, { division }: City): Partial<Template> {
  if (division === MODEL.division) return {}
  const fee = catalogcode === COPIED ? copyFeeOf(division) : 0
  return {
    promise_day: promisedIn(division, catalogcode, promise_day),
    ...(fee > 0 ? { is_fee: '1', fee_basis: `示例收费依据(虚构)：资料复印费${fee}元/份` } : {}),
  }
}

/** A centre moved into the city: its name, street, hours and telephone. */
function centerIn(one: Center, city: City, place: number): Center {
  const { division, name } = city
  if (division === MODEL.division) return one
  const [am, pm] = hoursOf(division)
  return {
    ...one,
    centerguid: guidIn(one.centerguid, city),
    centername: place === 0 ? `${name}市${hallOf(division)}` : `${name}新区政务服务中心`,
    areacode: division,
    address: `江苏省${name}市${houseOf(division, place)}(虚构)`,
    longitude: movedTo(one.longitude, city.lon - MODEL.lon),
    latitude: movedTo(one.latitude, city.lat - MODEL.lat),
    phone: `${diallingOf(division)}-0000000${place + 1}`,
    worktime: `周一至周五 ${am},${pm}${isOpenOnSaturday(division) ? `;周六 ${am}` : ''}(法定节假日除外)`,
  }
}

function matterIn(template: Template, city: City): Matter {
  const { materials, formfields, centers, offered: _offered, ...row } = template
  const deptcode = city.division === MODEL.division ? row.deptcode : organIn(row.deptcode, city)
  const taskcode = `${deptcode}${row.taskcode.slice(18)}`
  const named = (text: string) =>
    city.division === MODEL.division
      ? text
      : text.replaceAll(MODEL.name, city.name).replaceAll(MODEL.county, `${city.name}新区`)
  return {
    ...row,
    ...termsIn(template, city),
    taskguid: guidIn(row.taskguid, city),
    item_id: row.item_id.replace(MODEL.division, city.division),
    taskcode,
    taskhandleitem: `${taskcode}${row.taskhandleitem.slice(31)}`,
    ouname: named(row.ouname),
    ouguid: guidIn(row.ouguid, city),
    areacode: city.division,
    deptcode,
    materials: new Map(
      materials.map((one) => {
        const taskmaterialguid = guidIn(one.taskmaterialguid, city)
        return [taskmaterialguid, { ...one, taskmaterialguid }]
      }),
    ),
    form: formfields as readonly FormField[],
    centers: centers.map((one, place) => centerIn(one, city, place)),
  }
}

const orderOf = ({ operatedate, taskguid }: Matter): string => `${operatedate} ${taskguid}`

/** The matters of each city in the order of `matter-list`. */
export const MATTERS_BY_CITY: ReadonlyMap<string, readonly Matter[]> = new Map(
  CITIES.map((city) => [
    city.division,
    catalogue.matters
      .map((template) => matterIn(template, city))
      .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)),
  ]),
)

/** Every matter by its key, which belongs to one city. */
const MATTERS: ReadonlyMap<string, Matter> = new Map(
  [...MATTERS_BY_CITY.values()].flat().map((matter) => [matter.taskguid, matter]),
)

/** A matter of that city. */
export function matterAt(areacode: string, taskguid: string): Matter | undefined {
  const found = MATTERS.get(taskguid)
  return found?.areacode === areacode ? found : undefined
}

/** The matter of a case, which is only ever made for a matter of the catalogue. */
export function matterOf(taskguid: string): Matter {
  const found = MATTERS.get(taskguid)
  if (!found) throw new Error('A case names a matter that the catalogue does not have.')
  return found
}

/** The centres of a city, each once. */
export const CENTERS: ReadonlyMap<string, ReadonlyMap<string, Center>> = new Map(
  CITIES.map(({ division }) => [
    division,
    new Map(
      (MATTERS_BY_CITY.get(division) ?? [])
        .flatMap(({ centers }) => centers)
        .map((center) => [center.centerguid, center]),
    ),
  ]),
)
