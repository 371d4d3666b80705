/** Submitting, correcting, withdrawing (contract 4.2, 4.12); numbers and saving stand in `saving.ts`. */
import {
  APPLY_NO,
  checkMembers,
  dateTime,
  form,
  isPlain,
  Refused,
  type Shape,
  text,
  wrong,
} from './checks.ts'
import { lengthOf } from './formats.ts'
import { eventTime, type Office, openKey, personKey, savedApply } from './office.ts'
import type { Route } from './routes.ts'
import { ENDED, WITHDRAWABLE } from './rules.ts'
import { conflict, extOf, number, save, targetCert, unknownApply } from './saving.ts'
import { type Apply, matterOf, type Plain } from './state.ts'
import { addStep } from './steps.ts'

const hasCert = ({ body }: Apply, stuffCode: string): boolean => {
  const certs = extOf(body)['certs']
  return Array.isArray(certs) && certs.some((one) => isPlain(one) && one['stuffCode'] === stuffCode)
}

function submit(office: Office, body: Plain): unknown {
  checkMembers(body, [['applyNo', 'R', form(APPLY_NO)]])
  const apply = savedApply(office, String(body['applyNo']))
  if (!apply) throw unknownApply()
  if (apply.status === '待预审') return submitted(apply)
  if (apply.status !== '暂存' && apply.status !== '预审不通过') throw conflict(apply)
  const missing = (matterOf(apply.itemCode)?.materials ?? []).filter(
    ({ required, stuffCode }) =>
      required === '必要' &&
      !hasCert(apply, stuffCode) &&
      !apply.stuffs.some((stuff) => stuff.stuffCode === stuffCode),
  )
  if (missing.length > 0) throw lacking(missing.map(({ stuffCode }) => stuffCode))
  const key = openKey(apply.itemCode, String(apply.body['targetNo']))
  const other = office.state.applies[office.state.open[key] ?? '']
  if (other && other.applyNo !== apply.applyNo && !ENDED.has(other.status))
    throw new Refused('DUPLICATE_APPLY', '存在未办结的相同办件', { applyNo: other.applyNo })
  office.state.open[key] = apply.applyNo
  apply.submitTime = eventTime(office, apply)
  if (apply.sbTime === '') {
    apply.sbTime = apply.submitTime
    const person = personKey(targetCert(apply.body), String(apply.body['targetNo']))
    office.state.byPerson[person] = [...(office.state.byPerson[person] ?? []), apply.applyNo]
  }
  addStep(office, apply, '待预审', { who: office.config.options.opUsername, remark: '' }, apply.submitTime)
  return submitted(apply)
}

const submitted = ({ applyNo, submitTime }: Apply) => ({ applyNo, status: '待预审', submitTime })

const lacking = (codes: readonly string[]): Refused =>
  new Refused('STUFF_MISSING', `缺少必要材料:${codes.join(',')}`)

const CORRECT: Shape = [
  ['applyNo', 'R', form(APPLY_NO)],
  ['suggestion', 'R', text(500)],
  ['opDepartCode', 'R', text()],
  ['opDepartName', 'R', text()],
  ['opUserId', 'R', text()],
  ['opUsername', 'R', text()],
  ['opTime', 'R', dateTime],
  ['stuffs', 'R', (value) => Array.isArray(value) && value.every(isAnsweredStuff)],
]

const isAnsweredStuff = (value: unknown): boolean =>
  isPlain(value) &&
  Object.keys(value).length === 2 &&
  typeof value['stuffId'] === 'string' &&
  /^[0-9a-f]{32}$/.test(value['stuffId']) &&
  typeof value['suggestion'] === 'string' &&
  lengthOf(value['suggestion']) <= 200

function correct(office: Office, body: Plain): unknown {
  checkMembers(body, CORRECT)
  const apply = savedApply(office, String(body['applyNo']))
  if (!apply) throw unknownApply()
  const done = (opTime: string) => ({ applyNo: apply.applyNo, status: '收件', opTime })
  if (apply.status === '收件' && apply.lastCorrectOpTime === body['opTime'])
    return done(apply.steps.findLast(({ status }) => status === '收件')?.opTime ?? '')
  if (apply.status !== '补正' || !apply.correction) throw conflict(apply)
  const named = (body['stuffs'] as readonly { stuffId: string }[]).map(({ stuffId }) => stuffId)
  const noticed = apply.correction.stuffs
  const own = named.every((id) => apply.stuffs.some(({ stuffId }) => stuffId === id))
  if (!own || !noticed.every(({ stuffId }) => named.includes(stuffId))) throw wrong('stuffs')
  const stale = noticed.filter(
    ({ stuffId }) =>
      (apply.stuffs.find((one) => one.stuffId === stuffId)?.replacedAfter ?? 0) < apply.steps.length,
  )
  if (stale.length > 0) throw lacking([...new Set(stale.map(({ stuffCode }) => stuffCode))])
  apply.correction = null
  apply.lastCorrectOpTime = String(body['opTime'])
  const opTime = eventTime(office, apply)
  addStep(
    office,
    apply,
    '收件',
    { who: String(body['opUsername']), remark: String(body['suggestion']) },
    opTime,
  )
  return done(opTime)
}

function withdraw(office: Office, body: Plain): unknown {
  checkMembers(body, [
    ['applyNo', 'R', form(APPLY_NO)],
    ['reason', 'R', text(200)],
    ['opUserId', 'R', text()],
    ['opUsername', 'R', text()],
    ['opTime', 'R', dateTime],
  ])
  const apply = savedApply(office, String(body['applyNo']))
  if (!apply) throw unknownApply()
  const done = () => ({ applyNo: apply.applyNo, status: '撤回', opTime: apply.finishTime })
  if (apply.status === '撤回') return done()
  if (!WITHDRAWABLE.has(apply.status)) throw conflict(apply)
  apply.correction = null
  addStep(
    office,
    apply,
    '撤回',
    { who: String(body['opUsername']), remark: String(body['reason']) },
    eventTime(office, apply),
  )
  return done()
}

export const applicationRoutes: readonly Route[] = [
  { operation: 'apply-no', path: '/uapply/generateApplyNo', handle: number },
  { operation: 'apply-save', path: '/uapply/saveApply', handle: save },
  { operation: 'apply-submit', path: '/uapply/submitApply', handle: submit },
  { operation: 'apply-correct', path: '/uapply/corretApply', handle: correct },
  { operation: 'withdraw', path: '/uapply/withdrawApply', handle: withdraw },
]
