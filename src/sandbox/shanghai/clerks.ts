import { createHash } from 'node:crypto'
import type { CaseStatus } from '../../schemas/case-status.ts'
import type { Postman } from '../postman.ts'
import type { ClerkAct, SimulatedCase } from '../simulated.ts'
import { DAY_MS, wallClock } from './formats.ts'
import { anyWord, extras } from './freedoms.ts'
import { eventTime, nowOf, type Office } from './office.ts'
import { CLERK_MOVES, ONLINE, STEP_RESULT, statusOf, WORDS } from './rules.ts'
import { type Apply, type Callback, type Document, matterOf, type Plain } from './state.ts'
import { addStep } from './steps.ts'

const CORRECTION_DAYS = 5
/** Documents larger than this do not go with a callback. */
const MAX_FILE_BYTES = 5 * 1024 * 1024

const OPINIONS: Readonly<Record<string, string>> = {
  预审不通过: '申报信息不完整, 请修改后重新提交',
  补正: '请补正材料',
  不予受理: '不属于本部门受理范围',
  不通过: '不符合规定条件',
  作废: '办件信息有误, 作废处理',
}

const movesFrom = (apply: Apply): readonly CaseStatus[] => CLERK_MOVES[statusOf(apply.status)] ?? []

/** One case as the region's own clerks see it. */
export function clerkView(apply: Apply): SimulatedCase {
  const ext = apply.body['extInfo'] as Plain | undefined
  return {
    number: apply.applyNo,
    division: '310000',
    matterCode: apply.itemCode,
    matterName: matterOf(apply.itemCode)?.itemName ?? '',
    applicant: String(apply.body['targetName'] ?? ''),
    status: apply.status === '' ? 'DRAFT' : statusOf(apply.status),
    rawStatus: apply.status,
    ...(typeof ext?.['sourceCaseNo'] === 'string' ? { sourceNumber: ext['sourceCaseNo'] } : {}),
    updatedAt: apply.steps.at(-1)?.opTime ?? '',
    next: movesFrom(apply),
  }
}

/** What is complained of: files of the named materials, or all of them. */
function complain(office: Office, apply: Apply, act: ClerkAct, opinion: string): void {
  const named = apply.stuffs.filter(({ stuffCode }) => !act.materials || act.materials.includes(stuffCode))
  for (const code of act.materials ?? [])
    if (!named.some(({ stuffCode }) => stuffCode === code))
      throw new Error(`The case has no file of ${code}.`)
  apply.correction = {
    suggestion: opinion,
    limitTime: wallClock(nowOf(office) + CORRECTION_DAYS * DAY_MS),
    stuffs: named.map(({ stuffId, stuffCode }) => ({ stuffId, stuffCode, suggestion: '材料不清晰' })),
  }
}

/** A clerk's move, and the callback that it causes for a Delta case. */
export function actOn(
  office: Office,
  postman: Postman<Callback>,
  applyNo: string,
  act: ClerkAct,
): SimulatedCase {
  const apply = office.state.applies[applyNo]
  if (!apply) throw new Error(`There is no case ${applyNo}.`)
  const word = WORDS[act.to]
  if (word === undefined || !movesFrom(apply).includes(act.to))
    throw new Error(`From ${apply.status} a clerk can go to ${movesFrom(apply).join(', ') || 'nowhere'}.`)
  const opinion = act.opinion ?? OPINIONS[word] ?? ''
  apply.correction = null
  const opTime = eventTime(office, apply)
  const document = addStep(office, apply, word, { who: '示例经办人', remark: opinion }, opTime)
  if (word === '补正') complain(office, apply, act, opinion)
  if (!act.silent && applyNo.startsWith('CSJ')) deliver(office, postman, apply, document)
  return clerkView(apply)
}

function deliver(
  office: Office,
  postman: Postman<Callback>,
  apply: Apply,
  document: Document | undefined,
): void {
  const last = apply.steps.at(-1)
  const matter = matterOf(apply.itemCode)
  if (!last) return
  const { correction } = apply
  const eventId = createHash('sha256')
    .update(`${apply.applyNo} ${last.opTime} ${apply.status}`)
    .digest('hex')
    .slice(0, 32)
  const delivered = apply.status === '已送达' ? (apply.result === '不通过' ? '不通过' : '通过') : undefined
  const data = {
    applyNo: apply.applyNo,
    eventId,
    status: anyWord(office, apply.status),
    result: delivered ?? STEP_RESULT[apply.status] ?? '',
    suggestion: last.suggestion,
    sldwCode: '310000000000',
    sldwName: matter?.departName ?? '',
    receiveApplyTime: apply.sbTime,
    Finishtime: apply.finishTime,
    opTime: last.opTime,
    opDepartCode: last.opDepartCode,
    opDepartName: last.opDepartName,
    opUsername: last.opUsername,
    onLineStatus: ONLINE[apply.status] ?? '办理中',
    ...(correction ? { limitTime: correction.limitTime, stuffs: correction.stuffs } : {}),
    ...(apply.status === '受理' ? { commitmentTime: apply.commitmentTime } : {}),
    ...extras(office),
  }
  const fits = document && Buffer.byteLength(document.base64, 'base64') <= MAX_FILE_BYTES
  const body = JSON.stringify({
    data,
    ...(fits
      ? {
          filedata: {
            documentType: document.documentType,
            fileName: document.fileName,
            file: document.base64,
          },
        }
      : {}),
  })
  postman.deliver({
    applyNo: apply.applyNo,
    eventId,
    word: apply.status,
    body,
    attempts: 0,
    acknowledged: false,
    lastAnswer: '',
  })
}
