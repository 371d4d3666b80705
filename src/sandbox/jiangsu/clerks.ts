import type { Postman } from '../postman.ts'
import type { ClerkAct, SimulatedCase } from '../simulated.ts'
import { matterOf } from './catalogue.ts'
import { nextTurn, nowOf, type Office } from './office.ts'
import { correctionText } from './queries.ts'
import type { CaseRecord, Operation, QueuedCallback } from './state.ts'
import { movesOf, STATUS_NAMES, stateOf } from './state-machine.ts'
import { operate } from './steps.ts'
import { DAY_MS, wallClock } from './times.ts'

const CORRECTION_DAYS = 5

/** What a clerk says when nothing else is given. */
const OPINIONS: Readonly<Record<string, string>> = {
  PRECHECK_RETURNED: '申报信息不完整, 请修改后重新提交',
  CORRECTION_REQUIRED: '请补正材料',
  NOT_ACCEPTED: '不属于本部门受理范围',
  DENIED: '不符合规定条件',
  VOIDED: '办件信息有误, 终止办理',
}

/** One case as the region's own clerks see it. */
export function clerkView(record: CaseRecord): SimulatedCase {
  return {
    number: record.flowsn === '' ? record.projectguid : record.flowsn,
    division: record.areacode,
    matterCode: record.taskguid,
    matterName: matterOf(record.taskguid).taskname,
    applicant: record.params?.['applyername'] ?? '',
    status: stateOf(record),
    rawStatus: `${record.status} ${STATUS_NAMES[record.status] ?? ''}`,
    sourceNumber: record.sourceprojectno,
    updatedAt: record.operations.at(-1)?.operatedate ?? '',
    next: Object.keys(movesOf(record)) as SimulatedCase['next'],
  }
}

/** The materials that are complained of: the named ones, or every one that has a file. */
function complain(office: Office, record: CaseRecord, act: ClerkAct, opinion: string): void {
  const { materials } = matterOf(record.taskguid)
  const named = act.materials ?? [...new Set(record.files.map(({ taskmaterialguid }) => taskmaterialguid))]
  record.correction = {
    deadline: wallClock(nowOf(office) + CORRECTION_DAYS * DAY_MS),
    opinion,
    materials: named.map((taskmaterialguid) => {
      const material = materials.get(taskmaterialguid)
      if (!material) throw new Error(`The matter has no material ${taskmaterialguid}.`)
      return { taskmaterialguid, materialname: material.materialname, opinion: '材料不清晰' }
    }),
    turn: nextTurn(office),
  }
}

/** A clerk's move, and the callback that it causes. */
export function actOn(
  office: Office,
  postman: Postman<QueuedCallback>,
  number: string,
  act: ClerkAct,
): SimulatedCase {
  const key = office.state.byNumber[number]
  const record = key === undefined ? undefined : office.state.cases[key]
  if (!record) throw new Error(`There is no case ${number}.`)
  const moves = movesOf(record)
  const move = moves[act.to]
  if (!move)
    throw new Error(
      `From ${stateOf(record)} a clerk can go to ${Object.keys(moves).join(', ') || 'nowhere'}.`,
    )
  const opinion = act.opinion ?? OPINIONS[act.to] ?? ''
  const asks = act.to === 'CORRECTION_REQUIRED' || act.to === 'PRECHECK_RETURNED'
  if (asks) complain(office, record, act, opinion)
  const done = operate(office, record, move, { who: '示例经办人', remarks: opinion })
  if (!act.silent) deliver(office, postman, record, done)
  return clerkView(record)
}

function deliver(
  office: Office,
  postman: Postman<QueuedCallback>,
  record: CaseRecord,
  done: Operation,
): void {
  postman.deliver({
    caseNumber: record.flowsn,
    eventId: `${record.flowsn} ${done.operatedate}`,
    status: stateOf(record),
    attempts: 0,
    acknowledged: false,
    params: {
      flowsn: record.flowsn,
      projectguid: record.projectguid,
      sourceareacode: record.sourceareacode,
      sourceprojectno: record.sourceprojectno,
      areacode: `${record.areacode}000000`,
      status: record.operations.length % 2 === 0 ? record.status : String(record.status),
      statustext: STATUS_NAMES[record.status] ?? '',
      operatetype: done.operatetype,
      operatename: done.operatename,
      operateusername: done.operateusername,
      ouname: done.ouname,
      operatedate: done.operatedate,
      remarks: done.remarks,
      promiseenddate: record.promiseenddate,
      banjiedate: record.banjiedate,
      banjieresult: record.banjieresult,
      buzhenginfo: correctionText(office, record),
    },
  })
}
