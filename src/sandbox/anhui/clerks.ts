import type { Postman } from '../postman.ts'
import type { ClerkAct, SimulatedCase } from '../simulated.ts'
import { CLERK, callbackBody } from './callback-body.ts'
import { matterOf } from './catalogue.ts'
import { choose } from './freedoms.ts'
import { caseOf, nowOf, type Office, randomHex } from './office.ts'
import type { CaseRecord, Correction, QueuedCallback } from './state.ts'
import { clerkMoves, STATES, type State, stateOf } from './state-machine.ts'
import { enterState } from './steps.ts'
import { DAY_MS, instantOf, wallClock } from './times.ts'

const CORRECTION_DAYS = 5

/** What a clerk says when nothing else is given. */
const OPINIONS: Readonly<Partial<Record<State, string>>> = {
  '02': '申报信息有误, 请修改后重新提交',
  '03': '预审通过',
  '04': '材料已收',
  '05': '材料不清晰, 请补正',
  '06': '予以受理',
  '07': '不属于本部门受理范围',
  '08': '审核中',
  '09': '退回上一环节复核',
  '10': '需要核查有关情况',
  '11': '同意',
  '12': '不符合规定条件',
  '20': '准予',
  '21': '办件信息有误, 作废处理',
  '22': '不符合办理要求, 退件',
}

/** Result codes and labels by state (contract 5.1c); where several raw codes mean the same, they take turns. */
const RESULTS: Readonly<Partial<Record<State, readonly (readonly [string, string])[]>>> = {
  '07': [['6', '不予受理']],
  '12': [['1', '不予许可']],
  '20': [
    ['0', '出证办结'],
    ['0', '出证办结'],
    ['4', '转报办结'],
  ],
  '21': [
    ['2', '作废办结'],
    ['3', '删除办结'],
  ],
  '22': [['5', '退件']],
}

/** What is complained of: the named materials, or every uploaded one when nothing is named at all. */
function correctionOf(record: CaseRecord, act: ClerkAct, opinion: string, at: string): Correction {
  const matter = matterOf(record.serviceCode)
  const labels = (act.fields ?? []).map((name) => {
    const field = matter.form.get(name)
    if (field === undefined) throw new Error(`The matter has no form field ${name}.`)
    return field.label
  })
  const isOpen = act.fields === undefined && act.materials === undefined
  const items = (isOpen ? record.uploaded : (act.materials ?? [])).map((attrId) => {
    const material = matter.materials.get(attrId)
    if (material === undefined) throw new Error(`The matter has no material ${attrId}.`)
    return { attrId, attrName: material.attrName, reason: opinion }
  })
  // The contract has no place for form fields, so the remark names them.
  const remark = labels.length === 0 ? opinion : `${opinion} (${labels.join('、')})`
  return { deadline: wallClock(instantOf(at) + CORRECTION_DAYS * DAY_MS), items, remark }
}

function conclude(office: Office, record: CaseRecord, state: State): void {
  const results = RESULTS[state]
  if (results === undefined) return
  const [code, label] = results[choose(office, results.length)] ?? ['', '']
  record.transactResultCode = code
  record.transactResult = label
  if (state === '21' || state === '22') return
  office.state.documents += 1
  const year = record.transactTime.slice(0, 4)
  record.resultCode = `示例文书〔${year}〕${String(office.state.documents).padStart(4, '0')}号`
}

/** Adds a clerk's step with everything that comes with its state. */
export function clerkStep(office: Office, record: CaseRecord, state: State, opinion: string, nowMs: number) {
  const step = enterState(record, state, { userName: CLERK.name, opinion }, nowMs)
  conclude(office, record, state)
  return step
}

/** One case as the region's own clerks see it. */
export function clerkView(record: CaseRecord): SimulatedCase {
  const matter = matterOf(record.serviceCode)
  return {
    number: record.projid,
    division: matter.city.division,
    matterCode: record.serviceCode,
    matterName: matter.serviceName,
    applicant: record.applicant.name,
    status: STATES[record.state].canonical,
    rawStatus: record.state,
    ...(record.unid === '' ? {} : { sourceNumber: record.unid }),
    updatedAt: record.steps.at(-1)?.startTime ?? wallClock(record.takenAt),
    next: clerkMoves(record.state).map((state) => STATES[state].canonical),
  }
}

/** Throws a plain sentence when a clerk cannot make this move. */
function checkedMove(record: CaseRecord, to: ClerkAct['to']): State {
  const allowed = clerkMoves(record.state)
  const state = stateOf(to)
  if (state !== undefined && allowed.includes(state)) return state
  const names = allowed.map((next) => STATES[next].canonical).join(', ') || 'nothing'
  const now = STATES[record.state].canonical
  throw new Error(`A case that is ${now} cannot become ${to} by a clerk; allowed: ${names}.`)
}

/** Lets a clerk act on a case: moves it, makes its documents and calls the gateway back (contract 4c, section 7). */
export function actOn(
  office: Office,
  postman: Postman<QueuedCallback>,
  projid: string,
  act: ClerkAct,
): SimulatedCase {
  const record = caseOf(office, projid)
  if (record === undefined) throw new Error('There is no case of that number.')
  const state = checkedMove(record, act.to)
  const opinion = act.opinion ?? OPINIONS[state] ?? ''
  const asksForMore = state === '02' || state === '05'
  // What the act names is checked before anything changes.
  if (asksForMore) correctionOf(record, act, opinion, wallClock(nowOf(office)))
  const step = clerkStep(office, record, state, opinion, nowOf(office))
  if (asksForMore) record.correction = correctionOf(record, act, opinion, step.startTime)
  // A case that did not come through the gateway is none of its business.
  if (act.silent === true || record.callbackUrl === '') return clerkView(record)
  const eventId = randomHex(16)
  const asConclusion = state === '07' && choose(office, 2) === 0
  const event = { eventId, step, asConclusion }
  postman.deliver({
    caseNumber: record.projid,
    eventId,
    status: STATES[state].canonical,
    attempts: 0,
    acknowledged: false,
    url: record.callbackUrl,
    ...callbackBody(office, record, event, STATES[state].label),
  })
  return clerkView(record)
}
