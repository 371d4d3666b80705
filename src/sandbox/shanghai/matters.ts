/** The catalogue (contract 4.1). */
import { checkMembers, form, integer, Refused, type Shape, text, wrong } from './checks.ts'
import { DISTRICTS, isDateTime } from './formats.ts'
import { extras, numberOrText, oneOrMany } from './freedoms.ts'
import type { Office } from './office.ts'
import type { Route } from './routes.ts'
import { MATTERS, type Matter, matterOf, type Plain } from './state.ts'

/** `SH00SH`, or a district. */
export const isArea = (value: unknown): boolean =>
  typeof value === 'string' && (value === 'SH00SH' || Object.hasOwn(DISTRICTS, value))

export const PAGE: Shape = [
  ['pageNo', 'R', integer(1, Number.MAX_SAFE_INTEGER)],
  ['pageSize', 'R', integer(1, 100)],
]

/** A page of a list, its counts as numbers or as their digits. */
export function pageOf(office: Office, items: readonly unknown[], body: Plain, name: string): Plain {
  const [page, size] = [Number(body['pageNo']), Number(body['pageSize'])]
  return {
    total: numberOrText(office, items.length),
    pageNo: numberOrText(office, page),
    pageSize: numberOrText(office, size),
    [name]: items.slice((page - 1) * size, page * size),
  }
}

const CODE = /^\d{12}$/
const ITEM: Shape = [['itemCode', 'R', form(CODE)]]
const unknownItem = () => new Refused('ITEM_NOT_FOUND', '事项不存在或已停用')

const pointsOf = ({ servicePoints }: Matter) => servicePoints as readonly { areaCode?: string }[]

function rowOf(office: Office, matter: Matter): Plain {
  const { detail: _d, form: _f, materials: _m, servicePoints: _s, ...row } = matter as Matter & Plain
  return {
    ...row,
    promiseDays: numberOrText(office, matter.promiseDays),
    legalDays: numberOrText(office, Number((matter as unknown as Plain)['legalDays'])),
    ...extras(office),
  }
}

function list(office: Office, body: Plain): unknown {
  checkMembers(body, [
    ['regionCode', 'R', isArea],
    ['updateTimeBegin', 'R', (value) => value === '' || (typeof value === 'string' && isDateTime(value))],
    ...PAGE,
  ])
  const { regionCode, updateTimeBegin } = body as { regionCode: string; updateTimeBegin: string }
  const found = MATTERS.filter(
    (matter) =>
      matter.updateTime >= updateTimeBegin &&
      (regionCode === 'SH00SH' || pointsOf(matter).some(({ areaCode }) => areaCode === regionCode)),
  )
  return pageOf(
    office,
    found.map((matter) => rowOf(office, matter)),
    body,
    'items',
  )
}

/** A matter that can be read: a suspended one too, a cancelled one not. */
function readable(body: Plain): Matter {
  checkMembers(body, ITEM)
  const matter = matterOf(String(body['itemCode']))
  if (!matter || matter.itemStatus === '取消') throw unknownItem()
  return matter
}

function detail(office: Office, body: Plain): unknown {
  const matter = readable(body)
  return { ...matter.detail, molder: JSON.stringify(matter.form), ...extras(office) }
}

const materials = (office: Office, body: Plain): unknown =>
  oneOrMany(
    readable(body).materials.map((one) => ({
      ...one,
      copies: numberOrText(office, Number((one as unknown as Plain)['copies'] ?? 1)),
    })),
  )

function areas(_office: Office, body: Plain): unknown {
  checkMembers(body, [['itemCodes', 'R', text(12 * 20 + 19)]])
  const codes = String(body['itemCodes']).split(',')
  if (codes.length > 20 || codes.some((code) => !CODE.test(code))) throw wrong('itemCodes')
  return oneOrMany(
    codes.flatMap((code) => {
      const matter = matterOf(code)
      if (!matter || matter.itemStatus === '取消') throw unknownItem()
      return matter.servicePoints.map((point) => ({ itemCode: code, ...point }))
    }),
  )
}

export const matterRoutes: readonly Route[] = [
  { operation: 'matter-list', path: '/portal/queryItemPage', handle: list },
  { operation: 'matter-detail', path: '/uapply/getItemAppplyInfo', handle: detail },
  { operation: 'matter-materials', path: '/uapply/getItemStuffList', handle: materials },
  { operation: 'matter-areas', path: '/portal/getItemAreaList', handle: areas },
]
