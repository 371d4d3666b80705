import { copyFeeOf, promisedIn } from '../local.ts'
import catalogue from './catalogue.json' with { type: 'json' }
import { creditCodeCheck } from './check-digits.ts'
import { CITIES, type City } from './cities.ts'

/** A material of a matter: its row of `material-list` in decoded form (contract 4a). */
export type Material = (typeof catalogue.matters)[number]['materials'][number]

/** A field of a matter's own form: its row of `formJson` (contract 4a). */
export type FormField = (typeof catalogue.matters)[number]['form'][number]

/** One matter in one city, in decoded form (contract 4a and section 8). */
export interface Matter extends Omit<(typeof catalogue.matters)[number], 'materials' | 'form'> {
  readonly city: City
  readonly materials: ReadonlyMap<string, Material>
  readonly form: ReadonlyMap<string, FormField>
  /** Ids of the windows that handle it. */
  readonly windowIds: readonly string[]
}

const MODEL_CITY = '合肥'
const MODEL_DIVISION = '340100'

/** Matters that one city in four does not offer, in turn: "most of them" are everywhere (contract section 8). */
const MISSING_IN_TURN = ['99908', '99911', '99914', '99907']

function isOffered(serviceCode: string, place: number): boolean {
  return place === 0 || !serviceCode.endsWith(MISSING_IN_TURN[place % MISSING_IN_TURN.length] ?? '')
}

/** The window ids of a matter: none for a cancelled one, two for the one that a second window handles as well. */
function windowsOf(serviceCode: string, state: string, { division }: City): readonly string[] {
  const first = `W${division.slice(0, 4)}00`
  if (state === '3') return []
  if (state === '2') return [`${first}2`]
  return serviceCode.endsWith('99903') ? [`${first}1`, `${first}2`] : [`${first}1`]
}

type Template = (typeof catalogue.matters)[number]

/** The matter for which some cities ask a fee for copies. */
const COPIED = '99908'

/** What the city promises and asks for; the model has what the contract shows. */
function termsIn({ sc, promiseDay }: Template, { division }: City): Partial<Template> {
  if (division === MODEL_DIVISION) return {}
  const fee = sc.endsWith(COPIED) ? copyFeeOf(division) : 0
  return {
    // Two hours stay two hours: only days are promised otherwise.
    promiseDay: sc.endsWith('99911') ? promiseDay : promisedIn(division, sc.slice(-5), promiseDay),
    ...(fee > 0 ? { isFee: '1', feeBasis: `示例收费依据(虚构): 档案复印费${fee}元/份` } : {}),
  }
}

/** The matter with the city's own codes, names and organ. */
function matterIn(template: Template, city: City): Matter {
  const { materials, form, ...row } = template
  const moved = (text: string) => text.replace(MODEL_DIVISION, city.division)
  const organ = moved(row.deptCreditCode).slice(0, 17)
  const deptCreditCode = `${organ}${creditCodeCheck(organ)}`
  const sc = moved(row.sc)
  return {
    ...row,
    ...termsIn(template, city),
    sc,
    ssqdCode: `${deptCreditCode}${row.useLevel}${row.basicCode}`,
    deptId: moved(row.deptId),
    deptName: row.deptName.replace(MODEL_CITY, city.name),
    deptCreditCode,
    areaCode: city.areaCode,
    linkTel: row.linkTel.replace(/^\d{4}/, city.dialling),
    superviseTel: row.superviseTel.replace(/^\d{4}/, city.dialling),
    applyUrl: moved(row.applyUrl),
    city,
    materials: new Map(materials.map((material) => [material.attrId, material])),
    form: new Map(form.map((field) => [field.name, field])),
    windowIds: windowsOf(sc, row.state, city),
  }
}

const orderOf = ({ updateTime, sc }: Matter): string => `${updateTime} ${sc}`

/** The matters of each city in the order of `matter-list`: by `updateTime`, then `sc`. */
export const MATTERS_BY_AREA: ReadonlyMap<string, readonly Matter[]> = new Map(
  CITIES.map((city, place) => [
    city.areaCode,
    catalogue.matters
      .filter(({ sc }) => isOffered(sc, place))
      .map((template) => matterIn(template, city))
      .sort((left, right) => (orderOf(left) < orderOf(right) ? -1 : 1)),
  ]),
)

/** Every matter by its code, which is unique in the province. */
export const MATTERS: ReadonlyMap<string, Matter> = new Map(
  [...MATTERS_BY_AREA.values()].flat().map((matter) => [matter.sc, matter]),
)

/** The matter of a case. A case is only ever made for a matter of the catalogue. */
export function matterOf(serviceCode: string): Matter {
  const matter = MATTERS.get(serviceCode)
  if (matter === undefined) throw new Error('A case names a matter that the catalogue does not have.')
  return matter
}
