import { entryOf } from '../entries.ts'
import { CARD_TYPES } from './application-shapes.ts'
import { isAreaCode } from './cities.ts'
import { listOrOne, numberOrText } from './freedoms.ts'
import { applicantKey, nowOf, type Office } from './office.ts'
import { BusinessRefusal } from './refusals.ts'
import { caseOf, checkQuery, readJson } from './requests.ts'
import { type Call, pathUnder, type Route } from './routes.ts'
import { among, dateTime, integer, may, need, pattern, record, text } from './shapes.ts'
import { wallClock } from './times.ts'
import { listView, resultView, statusView } from './views.ts'

const listShape = record({
  idType: need(among(...CARD_TYPES)),
  idNo: need(text()),
  userName: need(text()),
  areaCode: need(text(undefined, isAreaCode)),
  pageNo: need(integer(1, Number.MAX_SAFE_INTEGER)),
  pageSize: need(integer(1, 50)),
  gmtBegin: may(dateTime),
  gmtEnd: may(dateTime),
  bizNo: need(pattern(/^[A-Za-z0-9-]{6,50}$/)),
})

const resultShape = record({ projId: need(text()), projPwd: need(text()) })

function listCases(office: Office, call: Call): unknown {
  const body = readJson<{
    readonly idType: string
    readonly idNo: string
    readonly userName: string
    readonly areaCode: string
    readonly pageNo: number
    readonly pageSize: number
    readonly gmtBegin?: string
    readonly gmtEnd?: string
  }>(call, listShape)
  const { cases, casesByApplicant } = office.state
  const key = applicantKey(body.areaCode, body.idType, body.idNo, body.userName)
  const all = entryOf(casesByApplicant, key) ?? []
  const isWithin = (projId: string): boolean => {
    const gmtApply = cases[projId]?.gmtApply ?? ''
    return gmtApply >= (body.gmtBegin ?? '') && (body.gmtEnd === undefined || gmtApply <= body.gmtEnd)
  }
  const isBounded = body.gmtBegin !== undefined || body.gmtEnd !== undefined
  const found = isBounded ? all.filter(isWithin) : all
  // The cases are kept oldest first, so a page is cut from the end and turned round.
  const end = Math.max(0, found.length - (body.pageNo - 1) * body.pageSize)
  const page = found.slice(Math.max(0, end - body.pageSize), end).reverse()
  const rows = page.flatMap((projId) => {
    const found = cases[projId]
    return found === undefined ? [] : [listView(office, found)]
  })
  return {
    total: numberOrText(office, found.length),
    pageNo: body.pageNo,
    pageSize: body.pageSize,
    list: listOrOne(office, rows),
  }
}

function showResult(office: Office, call: Call): unknown {
  const body = readJson<{ readonly projId: string; readonly projPwd: string }>(call, resultShape)
  const found = caseOf(office, body.projId, body.projPwd)
  if (found.state !== 'COMPLETED' && found.state !== 'DELIVERED') {
    throw new BusinessRefusal('C-AFFAIR-STATE-CONFLICT')
  }
  return resultView(office, found)
}

function showStatus(office: Office, call: Call): unknown {
  checkQuery(call, ['projId', 'projPwd'])
  return statusView(office, caseOf(office, call.query.get('projId') ?? '', call.query.get('projPwd') ?? ''))
}

function showHealth(office: Office, call: Call): unknown {
  checkQuery(call, [])
  return { status: 'UP', gmtNow: wallClock(nowOf(office)) }
}

/** Reading cases, and the health of the platform (contract 4.c.1, 4.i, 4.j, 4.m). */
export function queryRoutes(office: Office): readonly Route[] {
  const route = (
    operation: string,
    method: Route['method'],
    tail: string,
    answer: (office: Office, call: Call) => unknown,
  ): Route => ({
    operation,
    method,
    path: pathUnder(office.config, 'case', tail),
    handler: { kind: 'business', answer: (call) => answer(office, call) },
  })
  return [
    route('case-query', 'GET', '/zwztapi/status.do', showStatus),
    route('case-list', 'POST', '/zwztapi/list.do', listCases),
    route('case-result', 'POST', '/zwztapi/result.do', showResult),
    route('health', 'GET', '/zwztapi/health.do', showHealth),
  ]
}
