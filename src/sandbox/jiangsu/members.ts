/** The members of a request and their formats (contract 1.6, 1.7 steps 5 to 8). */
import { isCity } from './cities.ts'
import { badFormat, HallRefusal, missing } from './refusals.ts'
import { isDateTime } from './times.ts'

type Check = RegExp | ((text: string) => boolean)

/** One member: whether it is required, and its format. */
export interface Member {
  readonly required: boolean
  readonly check: Check
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
export const upTo = (length: number) => (text: string) => [...text].length <= length

export const required = (check: Check): Member => ({ required: true, check })
export const optional = (check: Check): Member => ({ required: false, check })

/** Formats that several operations use. */
export const FORMATS = {
  guid: GUID,
  six: /^\d{6}$/,
  source: /^[0-9A-Za-z_-]{1,50}$/,
  dt: isDateTime,
  page: /^\d{1,6}$/,
  pagesize: /^([1-9]\d?|100)$/,
  mobile: /^1\d{10}$/,
} as const

export type Members = Readonly<Record<string, Member>>
export type Params = Readonly<Record<string, string>>

/** Whether a text has the format. */
export const fits = (check: Check, text: string): boolean =>
  check instanceof RegExp ? check.test(text) : check(text)

/** Steps 5 to 7 of a call that names its city as all but one do. */
export const checked = (
  sent: Readonly<Record<string, unknown>>,
  members: Members,
  hasExtInfo = false,
): Params => checkedAll(sent, { areacode: required(FORMATS.six), ...members }, hasExtInfo)

/**
 * Steps 5 to 7. `extinfo` is the one member that is an object, where it is listed. Gives the texts; what is absent is `""`.
 */
export function checkedAll(
  sent: Readonly<Record<string, unknown>>,
  all: Members,
  hasExtInfo = false,
): Params {
  for (const name of Object.keys(sent))
    if (!Object.hasOwn(all, name) && !(hasExtInfo && name === 'extinfo'))
      throw new HallRefusal(`参数未定义:${name}`)
  for (const [name, member] of Object.entries(all))
    if (member.required && (sent[name] === undefined || sent[name] === '')) throw missing(name)
  const params: Record<string, string> = {}
  for (const [name, member] of Object.entries(all)) {
    const value = sent[name]
    if (value === undefined || value === '') params[name] = ''
    else if (typeof value !== 'string' || !fits(member.check, value)) throw badFormat(name)
    else params[name] = value
  }
  const { extinfo } = sent
  if (hasExtInfo && extinfo !== undefined && !isPlain(extinfo)) throw badFormat('extinfo')
  return params
}

/** The last of step 8. */
export function checkCity({ areacode = '' }: Params): void {
  if (!isCity(areacode)) throw new HallRefusal('区划代码不存在')
}

/** Whether a value is a JSON object. */
export const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A JSON object in a text, or the refusal of the member. */
export function objectIn(text: string, name: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text)
    if (isPlain(parsed)) return parsed
  } catch {
    // Told below, as for every other text that holds no object.
  }
  throw badFormat(name)
}

export const isObjectText = (text: string): boolean => {
  try {
    return isPlain(JSON.parse(text))
  } catch {
    return false
  }
}
