import { entryOf } from '../entries.ts'
import { offeredMatter } from './catalogue.ts'
import { isAreaCode } from './cities.ts'
import { SPARE_MS } from './config.ts'
import { dropSpares, nextNumber, nowOf, type Office } from './office.ts'
import { BusinessRefusal, badMember } from './refusals.ts'
import { checkQuery, isMediaType, jsonObject, utf8 } from './requests.ts'
import { type Call, pathUnder, type Route } from './routes.ts'
import { among, need, pattern, record, text } from './shapes.ts'
import type { IssuedNumber } from './state.ts'

/** Spare numbers and files are looked through once in so many issued numbers. */
const CLEAN_EVERY = 1000

/** The number if it was issued, is not used yet and has not expired (contract 4.b.1). */
export function issuedNumber(office: Office, projId: string): IssuedNumber | undefined {
  const { numbers } = office.state
  const issued = entryOf(numbers, projId)
  return issued !== undefined && nowOf(office) - issued.at <= SPARE_MS ? issued : undefined
}

function takeNumber(office: Office, call: Call): unknown {
  if (!isMediaType(call.contentType, 'application/x-www-form-urlencoded')) throw badMember('Content-Type')
  const fields = [...new URLSearchParams(utf8(call.body) ?? '')]
  const other = fields.find(([name]) => name !== 'param')
  if (other !== undefined) throw badMember(other[0])
  checkQuery(call, [])
  const body = fields.length === 1 ? jsonObject(fields[0]?.[1]) : undefined
  if (body === undefined) throw badMember('param')
  const shape = record({
    areaCode: need(text(undefined, isAreaCode)),
    matterCode: need(pattern(/^\d{20}$/)),
    appId: need(among(office.config.options.appId)),
  })
  const wrong = shape(body, 'param')
  if (wrong !== undefined) throw badMember(wrong)
  // The shape passed: both members are texts.
  const { areaCode, matterCode } = body as { readonly areaCode: string; readonly matterCode: string }
  if (offeredMatter(matterCode, areaCode) === undefined)
    throw new BusinessRefusal('C-AFFAIR-MATTER-NOT-EXIST')
  const at = nowOf(office)
  const projId = nextNumber(office, areaCode, at)
  office.state.numbers[projId] = { areaCode, matterCode, at }
  if (office.state.sequence % CLEAN_EVERY === 0) dropSpares(office)
  return { projId }
}

/** Taking a case number (contract 4.b.1). */
export function numberRoutes(office: Office): readonly Route[] {
  return [
    {
      operation: 'projid-get',
      method: 'POST',
      path: pathUnder(office.config, 'case', '/zwztapi/projid/get.do'),
      handler: { kind: 'business', answer: (call) => takeNumber(office, call) },
    },
  ]
}
