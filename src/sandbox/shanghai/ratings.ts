/** Ratings (contract 4.8): of any case that was handed in, first and supplement, each once. */
import { randomBytes } from '../moment.ts'
import {
  ANY_NO,
  checkMembers,
  dateTime,
  form,
  integer,
  Refused,
  type Shape,
  text,
  word,
  wrong,
} from './checks.ts'
import { type Office, savedApply } from './office.ts'
import type { Route } from './routes.ts'
import { conflict, unknownApply } from './saving.ts'
import type { Plain } from './state.ts'

const DETAILS = new Set(['11', '12', '13', '14', '21', '22', '99'])
const areDetails = (value: unknown): boolean =>
  value === '' || (typeof value === 'string' && value.split(',').every((one) => DETAILS.has(one)))

const SHAPE: Shape = [
  ['applyNo', 'R', form(ANY_NO)],
  ['itemCode', 'R', text()],
  ['itemName', 'R', text(200)],
  ['applicant', 'R', text()],
  ['certificateNo', 'R', text()],
  ['applicantType', 'R', text()],
  ['satisfaction', 'R', word('非常满意', '满意', '基本满意', '不满意', '非常不满意')],
  ['evalDetail', 'R', areDetails],
  ['writingEvaluation', 'R', text(500, 0)],
  ['channel', 'R', word('pc', '移动端', '窗口', '短信')],
  ['assessTime', 'R', dateTime],
  ['assessNumber', 'R', integer(1, 2)],
  ['sourceRegion', 'R', form(/^\d{6}$/)],
]

/** Members of the rating, and what the case calls them. */
const SAME: readonly (readonly [rating: string, saved: string])[] = [
  ['itemCode', 'itemCode'],
  ['itemName', 'itemName'],
  ['applicant', 'targetName'],
  ['certificateNo', 'targetNo'],
  ['applicantType', 'targetType'],
]

const isBadWithoutReason = (body: Plain): boolean =>
  ['不满意', '非常不满意'].includes(String(body['satisfaction'])) &&
  body['evalDetail'] === '' &&
  String(body['writingEvaluation']).trim() === ''

function rate(office: Office, body: Plain): unknown {
  checkMembers(body, SHAPE)
  const apply = savedApply(office, String(body['applyNo']))
  if (!apply) throw unknownApply()
  if (apply.status === '暂存') throw conflict(apply)
  for (const [member, saved] of SAME) if (body[member] !== apply.body[saved]) throw wrong(member)
  if (isBadWithoutReason(body))
    throw new Refused('EVALUATE_REASON_REQUIRED', '差评必须勾选详情或填写文字评价')
  const { ratings } = office.state
  const assessNumber = Number(body['assessNumber'])
  if (assessNumber === 2 && !ratings[`${apply.applyNo}/1`]) throw conflict(apply)
  const key = `${apply.applyNo}/${assessNumber}`
  if (ratings[key]) throw new Refused('DUPLICATE_EVALUATE', '评价数据不可重复')
  const evaluateId = randomBytes(16).toString('hex')
  ratings[key] = evaluateId
  return { evaluateId, applyNo: apply.applyNo, assessNumber }
}

export const ratingRoutes: readonly Route[] = [
  { operation: 'rating-push', path: '/evaluate/saveEvaluate', handle: rate },
]
