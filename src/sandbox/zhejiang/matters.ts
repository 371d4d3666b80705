import { type FormField, MATTERS, MATTERS_BY_AREA, type Matter, NESTED_COLUMNS } from './catalogue.ts'
import { isAreaCode } from './cities.ts'
import { absent, extra, listOrOne, numberOrText, oneOf } from './freedoms.ts'
import type { Office } from './office.ts'
import { SharingRefusal } from './refusals.ts'
import { pathUnder, type Route, type SharingAnswer } from './routes.ts'
import { checkParameters, digitsUpTo } from './sharing.ts'
import { isDateTime } from './times.ts'

const NUMERIC_COLUMNS = ['PROMISE_DAY', 'ANTICIPATE_DAY', 'Service_day', 'APPLYERMIN_COUNT']
const nested: ReadonlySet<string> = new Set(NESTED_COLUMNS)

/** A row as it is answered: numbers in either form, empty columns in any form of absence. */
function freed(office: Office, row: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (NUMERIC_COLUMNS.includes(column)) return [column, numberOrText(office, Number(value))]
      return [column, value === '' ? absent(office) : value]
    }),
  )
}

function listRow(office: Office, matter: Matter): Record<string, unknown> {
  const columns = Object.entries(matter.row).filter(([column]) => !nested.has(column))
  return { ...freed(office, Object.fromEntries(columns)), ...extra(office, 'BAK_EXT', '') }
}

/** `FORM_INFO` with the lengths as numbers or as digits. */
function formInfo(office: Office, form: Iterable<FormField>): string {
  return JSON.stringify(
    [...form].map((field) => ({
      ...field,
      maxLen: oneOf<number | string>(office, field.maxLen, String(field.maxLen)),
    })),
  )
}

/** One page of rows with their count, in the forms that the sharing dialect allows. */
export function pageOf<T>(
  office: Office,
  query: ReadonlyMap<string, string>,
  rows: readonly T[],
  show: (row: T) => Record<string, unknown>,
): SharingAnswer {
  const size = Number(query.get('pageSize'))
  const start = (Number(query.get('pageNo')) - 1) * size
  const page = rows.slice(start, start + size).map(show)
  return { dataCount: numberOrText(office, rows.length), datas: listOrOne(office, page) }
}

function listMatters(office: Office, query: ReadonlyMap<string, string>): SharingAnswer {
  checkParameters(query, {
    BELONGXIAQUCODE: { fits: isAreaCode },
    UPDATE_DATE: { fits: isDateTime, optional: true },
    pageNo: { fits: digitsUpTo(Number.MAX_SAFE_INTEGER) },
    pageSize: { fits: digitsUpTo(100) },
  })
  const since = query.get('UPDATE_DATE') ?? ''
  const matters = MATTERS_BY_AREA.get(query.get('BELONGXIAQUCODE') ?? '') ?? []
  const changed = matters.filter(({ row }) => (row['UPDATE_DATE'] ?? '') >= since)
  return pageOf(office, query, changed, (matter) => listRow(office, matter))
}

function showMatter(office: Office, query: ReadonlyMap<string, string>): SharingAnswer {
  checkParameters(query, {
    QL_INNER_CODE: { fits: (code) => /^\d{20}$/.test(code) },
    BELONGXIAQUCODE: { fits: isAreaCode },
  })
  const matter = MATTERS.get(query.get('QL_INNER_CODE') ?? '')
  if (matter === undefined || matter.area.code !== query.get('BELONGXIAQUCODE'))
    throw new SharingRefusal('06')
  const row = { ...freed(office, matter.row), FORM_INFO: formInfo(office, matter.form.values()) }
  return { dataCount: numberOrText(office, 1), datas: listOrOne(office, [row]) }
}

/** The catalogue operations (contract 4.a). */
export function matterRoutes(office: Office): readonly Route[] {
  const { sharingApiPath, sharingApiIds } = office.config.options
  const path = (id: string) => `${pathUnder(office.config, 'matter', sharingApiPath)}/${id}.htm`
  return [
    {
      operation: 'matter-list',
      method: 'GET',
      path: path(sharingApiIds.matterList),
      handler: { kind: 'sharing', answer: ({ query }) => listMatters(office, query) },
    },
    {
      operation: 'matter-detail',
      method: 'GET',
      path: path(sharingApiIds.matterDetail),
      handler: { kind: 'sharing', answer: ({ query }) => showMatter(office, query) },
    },
  ]
}
