import { entryOf } from '../entries.ts'
import type { Postman } from '../postman.ts'
import type { ClerkAct, SimulatedCase } from '../simulated.ts'
import { callbackBody } from './callback-body.ts'
import { MATTERS } from './catalogue.ts'
import { AREAS } from './cities.ts'
import { keepDocument } from './file-store.ts'
import { nowOf, type Office } from './office.ts'
import type { CaseRecord, Correction, QueuedCallback } from './state.ts'
import { CLERK_MOVES, CODES, isState, type State } from './state-machine.ts'
import { enterState } from './steps.ts'
import { DAY_MS, instantOf, wallClock } from './times.ts'

const CORRECTION_DAYS = 5

/** What a clerk says when nothing else is given. Empty opinions are allowed for the other states. */
const OPINIONS: Readonly<Partial<Record<State, string>>> = {
  PRECHECK_RETURNED: '申报信息不完整, 请修改后重新提交',
  CORRECTION_REQUIRED: '请补正材料',
  NOT_ACCEPTED: '不属于本部门受理范围',
  REVIEW_RETURNED: '退回上一环节复核',
  SUSPENDED: '需要核查有关情况',
  APPROVED: '同意',
  DENIED: '不符合规定条件',
  VOIDED: '办件信息有误, 作废处理',
  WITHDRAWN: '不符合办理要求, 退件',
}

const asksForCorrection = (state: State): boolean =>
  state === 'CORRECTION_REQUIRED' || state === 'PRECHECK_RETURNED'

/** What is complained of: the named fields and materials, or every uploaded material when none is named. */
function complaint(record: CaseRecord, act: ClerkAct): Pick<Correction, 'formFields' | 'materials'> {
  const matter = MATTERS.get(record.matterCode)
  const uploaded = record.materials
    .filter(({ attachMentVOs }) => attachMentVOs.length > 0)
    .map(({ suffId }) => suffId)
  const isOpen = act.fields === undefined && act.materials === undefined
  const formFields = act.fields ?? []
  for (const name of formFields) {
    if (matter?.form.has(name) !== true) throw new Error(`The matter has no form field ${name}.`)
  }
  const materials = (isOpen ? uploaded : (act.materials ?? [])).map((suffId) => {
    const material = matter?.materials.get(suffId)
    if (material === undefined) throw new Error(`The matter has no material ${suffId}.`)
    return { suffId, suffName: material.name }
  })
  return { formFields, materials }
}

/** The notices and results that come into being with a state. Gives their paths. */
function makeDocuments(office: Office, record: CaseRecord, state: State): readonly string[] {
  const name = MATTERS.get(record.matterCode)?.row['QL_NAME'] ?? ''
  if (state === 'ACCEPTED') {
    return [keepDocument(office, record, '受理通知书.pdf', `ACCEPTANCE NOTICE ${record.projId}`)]
  }
  if (state === 'NOT_ACCEPTED') {
    return [keepDocument(office, record, '不予受理通知书.pdf', `REFUSAL NOTICE ${record.projId}`)]
  }
  if (state !== 'COMPLETED') return []
  const title = record.denied ? '不予许可决定书.pdf' : `${name}结果.pdf`
  record.results.push(keepDocument(office, record, title, `RESULT DOCUMENT ${record.projId}`))
  // Every third case has two documents, so that both forms of the list are met.
  if (record.sequence % 3 === 0) {
    record.results.push(keepDocument(office, record, '办结通知书.pdf', `CLOSING NOTICE ${record.projId}`))
  }
  return record.results
}

/** One case as the region's own clerks see it. */
export function clerkView(record: CaseRecord): SimulatedCase {
  const { phaseCode, doAction } = CODES[record.state]
  const area = AREAS.find(({ code }) => code === record.areaCode)
  return {
    number: record.projId,
    division: area?.canonical ?? record.areaCode,
    matterCode: record.matterCode,
    matterName: MATTERS.get(record.matterCode)?.row['QL_NAME'] ?? '',
    applicant: record.applicant.name,
    status: record.state,
    rawStatus: `${phaseCode}/${doAction}`,
    ...(record.source === undefined ? {} : { sourceNumber: record.source.sourceProjectNo }),
    updatedAt: record.gmtUpdate,
    next: CLERK_MOVES[record.state],
  }
}

/** Throws a plain sentence when a clerk cannot make this move. */
function checkMove(record: CaseRecord, to: ClerkAct['to']): State {
  const allowed = CLERK_MOVES[record.state]
  if (isState(to) && allowed.includes(to)) return to
  const names = allowed.length === 0 ? 'nothing' : allowed.join(', ')
  throw new Error(`A case that is ${record.state} cannot become ${to} by a clerk; allowed: ${names}.`)
}

/** Lets a clerk act on a case: moves it, makes its documents and calls the gateway back (contract section 7). */
export function actOn(
  office: Office,
  postman: Postman<QueuedCallback>,
  projId: string,
  act: ClerkAct,
): SimulatedCase {
  const { cases } = office.state
  const record = entryOf(cases, projId)
  if (record === undefined) throw new Error('There is no case of that number.')
  const state = checkMove(record, act.to)
  const asked = asksForCorrection(state) ? complaint(record, act) : undefined
  const opinion = act.opinion ?? OPINIONS[state] ?? ''
  const by = { operatorName: '测试经办人', operatorUid: 'op-0001', opinion }
  const step = enterState(record, state, by, nowOf(office))
  if (asked !== undefined) {
    record.corrections += 1
    record.correction = {
      ...asked,
      correctSeq: record.corrections,
      correctDesc: opinion,
      gmtCorrectEnd: wallClock(instantOf(step.gmtStart) + CORRECTION_DAYS * DAY_MS),
    }
  }
  const paths = makeDocuments(office, record, state)
  record.events += 1
  const { channel } = CODES[state]
  // A case of the Zhejiang site is none of the gateway's: nobody is called back for it.
  if (channel === undefined || record.source === undefined || act.silent === true) return clerkView(record)
  const eventId = `ev-${record.projId}-${record.events}`
  postman.deliver({
    caseNumber: record.projId,
    eventId,
    status: state,
    attempts: 0,
    acknowledged: false,
    channel,
    body: callbackBody(office, record, { eventId, step, channel, paths }),
  })
  return clerkView(record)
}
