import { XMLParser } from 'fast-xml-parser'
import { copyFeeOf } from '../local.ts'
import catalogue from './catalogue.json' with { type: 'json' }
import { organCreditCode } from './check-digits.ts'
import { AREAS, type Area } from './cities.ts'
import { pointsIn } from './points.ts'
import { isRecord } from './shapes.ts'
import { DAY_MS, instantOf, wallClock } from './times.ts'

/** A material of a matter, as far as an application is checked against it (contract 4.a.2). */
interface Material {
  readonly id: string
  readonly name: string
  readonly necessary: boolean
  /** May be supplied later 容缺后补. */
  readonly deferrable: boolean
  /** The licence type that can replace it, or an empty text. */
  readonly certTypeCode: string
}

/** A form field of a matter (contract 4.a.2, `FORM_INFO`). */
export interface FormField {
  readonly name: string
  readonly label: string
  readonly type: string
  readonly required: string
  /** `key=label;key=label` for a `select`, else empty. */
  readonly code: string
  readonly maxLen: number
}

/** One matter in one area: its row in wire columns, and what applications are checked against. */
export interface Matter {
  readonly code: string
  readonly area: Area
  readonly active: boolean
  readonly row: Readonly<Record<string, string>>
  readonly materials: ReadonlyMap<string, Material>
  readonly form: ReadonlyMap<string, FormField>
}

/** The columns of `matter-detail` that list rows do not have. */
export const NESTED_COLUMNS = [
  'MATERIAL_INFO',
  'ACCEPT_ADDRESS_INFO',
  'CHARGEITEM_INFO',
  'QA_INFO',
  'FORM_INFO',
] as const

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'MATERIAL' })

function materialsOf(xml: string): ReadonlyMap<string, Material> {
  const root: unknown = parser.parse(xml)
  const found = new Map<string, Material>()
  const area = isRecord(root) ? root['DATAAREA'] : undefined
  const all = isRecord(area) ? area['MATERIALS'] : undefined
  const items: unknown = isRecord(all) ? all['MATERIAL'] : []
  for (const item of Array.isArray(items) ? items : []) {
    if (!isRecord(item)) continue
    const id = String(item['MATERIALGUID'])
    found.set(id, {
      id,
      name: String(item['NAME']),
      necessary: item['NECESSITY'] === '1',
      deferrable: item['NECESSITY'] === '1' && item['IS_RQ'] === '1',
      certTypeCode: String(item['CERT_TYPE_CODE'] ?? ''),
    })
  }
  return found
}

function formOf(json: string): ReadonlyMap<string, FormField> {
  // The catalogue is this folder's own file and holds exactly these members.
  const fields = JSON.parse(json) as readonly FormField[]
  return new Map(fields.map((field) => [field.name, field]))
}

type Template = (typeof catalogue.matters)[number]

/** The matter for which some cities ask a fee for copies. */
const COPIED = '99008'

/** What the area asks for; its model asks for nothing. What is offered and promised is the same in all (contract section 8). */
function feeIn({ row }: Template, { code, canonical }: Area): Readonly<Record<string, string>> {
  const isAsked = code !== row.BELONGXIAQUCODE && row.QL_INNER_CODE.endsWith(COPIED)
  const fee = isAsked ? copyFeeOf(canonical) : 0
  if (fee === 0) return {}
  const item = `<CHARGEITEM><NAME>档案复印费(测试)</NAME><STANDARD>${fee}元/份</STANDARD><BASIS>测试收费依据</BASIS></CHARGEITEM>`
  return { CHARGE_FLAG: '1', CHARGEITEM_INFO: `<DATAAREA><CHARGEITEMS>${item}</CHARGEITEMS></DATAAREA>` }
}

/**
 * The row of a matter in another area: the area's own codes, names and organ and fees, and a change date that is a day
 * later from area to area. Zhoushan has one window only (contract section 8).
 */
function rowIn(template: Template, area: Area): Readonly<Record<string, string>> {
  const { row } = template
  const from = AREAS.findIndex(({ code }) => code === row.BELONGXIAQUCODE)
  const model = AREAS[from]
  if (model === undefined) throw new Error('A catalogue row names an area that does not exist.')
  const moved = Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value.replaceAll(model.code, area.code).replaceAll(model.name, area.name),
    ]),
  )
  const states: Readonly<Record<string, string | undefined>> = template.states
  const laterDays = AREAS.indexOf(area) - from
  const department = row.OUGUID.slice(-3)
  const addresses = pointsIn(row.ACCEPT_ADDRESS_INFO, model, area)
  return {
    ...moved,
    ...feeIn(template, area),
    QL_STATE: states[area.code] ?? row.QL_STATE,
    OUORGCODE: organCreditCode(area.canonical, `MB9TX${department}`),
    UPDATE_DATE: wallClock(instantOf(row.UPDATE_DATE) + laterDays * DAY_MS),
    ACCEPT_ADDRESS_INFO:
      area.code === '330901'
        ? addresses.replace(
            /(<\/ACCEPT_ADDRESS>).*(<\/ACCEPT_ADDRESSS>)/,
            (_, first: string, last: string) => `${first}${last}`,
          )
        : addresses,
  }
}

function matterIn(template: Template, area: Area): Matter {
  const row = rowIn(template, area)
  return {
    code: row['QL_INNER_CODE'] ?? '',
    area,
    active: row['QL_STATE'] === '1',
    row,
    materials: materialsOf(template.row.MATERIAL_INFO),
    form: formOf(template.row.FORM_INFO),
  }
}

function compare(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

const sortKey = (matter: Matter): string => `${matter.row['UPDATE_DATE']} ${matter.row['ROWGUID']}`

/** The matters of each area, by `UPDATE_DATE` and then `ROWGUID`, as `matter-list` answers them. */
export const MATTERS_BY_AREA: ReadonlyMap<string, readonly Matter[]> = new Map(
  AREAS.map((area) => [
    area.code,
    catalogue.matters
      .filter((template) => template.areas.includes(area.code))
      .map((template) => matterIn(template, area))
      .sort((left, right) => compare(sortKey(left), sortKey(right))),
  ]),
)

/** Every matter by its code, which is unique in the province. */
export const MATTERS: ReadonlyMap<string, Matter> = new Map(
  [...MATTERS_BY_AREA.values()].flat().map((matter) => [matter.code, matter]),
)

/** The matter of that code if it is offered in that area now. */
export function offeredMatter(matterCode: string, areaCode: string): Matter | undefined {
  const matter = MATTERS.get(matterCode)
  return matter?.active === true && matter.area.code === areaCode ? matter : undefined
}
