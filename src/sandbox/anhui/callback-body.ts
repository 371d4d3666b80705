import { block, type Charset, formBody } from './callback-xml.ts'
import { matterOf } from './catalogue.ts'
import { choose } from './freedoms.ts'
import type { Office } from './office.ts'
import type { CaseRecord, Step } from './state.ts'

/** Who acts on the platform's side in every callback. */
export const CLERK = { id: 'ahclerk01', name: '测试经办人' } as const

const PLATFORM = '340000000000000000'
const ACCEPT_RESULTS: Readonly<Record<string, string>> = { '05': '3', '06': '1', '07': '2' }

/** What a callback tells. */
export interface Event {
  readonly eventId: string
  readonly step: Step
  /** Which of the two events tells 不予受理 (contract 4c): it is the only state that has two. */
  readonly asConclusion: boolean
}

type Block = readonly [field: string, name: string, leaves: Readonly<Record<string, string>>]

/** The five members that say who acted, with the prefix of their block. */
function actorOf(record: CaseRecord, prefix: string): Record<string, string> {
  const { deptName, deptId, areaCode } = matterOf(record.serviceCode)
  return {
    // The conclusion spells this one member in its own way.
    [prefix === 'TRANSACT' ? 'TRANSACT_USER_UNID' : `${prefix}_USERUNID`]: CLERK.id,
    [`${prefix}_USERNAME`]: CLERK.name,
    [`${prefix}_DEPTNAME`]: deptName,
    [`${prefix}_DEPTID`]: deptId,
    [`${prefix}_AREACODE`]: areaCode,
  }
}

function registration(record: CaseRecord, { opinion, startTime }: Step): Block {
  const leaves = { ...actorOf(record, 'REG'), REG_TIME: startTime, REG_OPINION: opinion }
  const remark = record.correction?.remark ?? opinion
  return ['apasRegnfoXml', 'REGINFO', { ...leaves, BELONGSYSTEM: PLATFORM, REMARK: remark }]
}

function acceptance(record: CaseRecord, { state, opinion, startTime }: Step): Block {
  const { promiseDay, promiseType } = matterOf(record.serviceCode)
  const leaves = {
    ...actorOf(record, 'ACCEPT'),
    ACCEPT_TIME: startTime,
    PROMISEVALUE: String(promiseDay),
    PROMISETYPE: promiseType,
    PROMISE_ETIME: state === '06' ? record.promiseEtime : '',
    ACCEPT_DOCUMENT: '',
    ACCEPT_RESULT_CODE: ACCEPT_RESULTS[state] ?? '',
    ...(record.correction === undefined ? {} : { CORRECT_ETIME: record.correction.deadline }),
    BELONGSYSTEM: PLATFORM,
    REMARK: record.correction?.remark ?? opinion,
  }
  return ['acceptInfoXml', 'ACCEPTINFO', leaves]
}

function processStep(office: Office, record: CaseRecord, step: Step, nodeName: string): Block {
  const { state, opinion, startTime } = step
  const special = choose(office, 2) === 0 ? 'A' : 'B'
  const leaves = {
    ...actorOf(record, 'HANDLE'),
    HANDLE_NODENAME: nodeName,
    HANDLE_STIME: startTime,
    HANDLE_ETIME: startTime,
    HANDLE_OPINION: opinion,
    SPECIAL_TYPE: state === '10' ? special : '',
    BELONGSYSTEM: PLATFORM,
    REMARK: opinion,
  }
  return ['handleInfoXml', 'HANDLEINFO', leaves]
}

function conclusion(record: CaseRecord, { state, opinion, startTime }: Step): Block {
  const hasDocument = record.resultCode !== ''
  const isGranted = state === '20'
  const leaves = {
    ...actorOf(record, 'TRANSACT'),
    TRANSACT_TIME: startTime,
    TRANSACT_RESULT: record.transactResult,
    TRANSACT_RESULT_CODE: record.transactResultCode,
    TRANSACT_DESCRIBE: opinion,
    RESULT_ISNEED: hasDocument ? '1' : '0',
    RESULT_CODE: record.resultCode,
    RESULT_ENTITY: isGranted ? matterOf(record.serviceCode).resultName : '',
    RESULT_DESCRIBE: '',
    RESULT_DEADLINE: isGranted ? '长期' : '',
    BELONGSYSTEM: PLATFORM,
    REMARK: opinion,
  }
  return ['transactXml', 'TRANSACTINFO', leaves]
}

function delivery(record: CaseRecord, { opinion, startTime }: Step): Block {
  const mode = matterOf(record.serviceCode).takeMode.split(',', 1)[0] ?? ''
  const leaves = {
    DELIVER_USERNAME: CLERK.name,
    DELIVER_TIME: startTime,
    DELIVER_MODE: mode,
    DELIVER_NO: mode === '2' ? 'EMS0000000000' : '',
    BELONGSYSTEM: PLATFORM,
    REMARK: opinion,
  }
  return ['deliverInfoXml', 'DELIVERINFO', leaves]
}

function eventBlock(office: Office, record: CaseRecord, { step, asConclusion }: Event, label: string): Block {
  switch (step.state) {
    case '02':
    case '03':
    case '04':
      return registration(record, step)
    case '05':
    case '06':
      return acceptance(record, step)
    case '07':
      return asConclusion ? conclusion(record, step) : acceptance(record, step)
    case '08':
    case '09':
    case '10':
    case '11':
      return processStep(office, record, step, label)
    case '30':
      return delivery(record, step)
    default:
      return conclusion(record, step)
  }
}

/** `attrXml` of a correction: what is wrong with each material; without materials there is none. */
function complaints(office: Office, record: CaseRecord): readonly (readonly [string, string])[] {
  const items = record.state === '05' ? (record.correction?.items ?? []) : []
  if (items.length === 0) return []
  const records = items.map(({ attrId, attrName, reason }) =>
    block(office, 'RECORD', { UNID: record.unid, ATTRID: attrId, ATTRNAME: attrName, MEMO: reason }),
  )
  return [['attrXml', `<RECORDS>${records.join('')}</RECORDS>`]]
}

/**
 * The form body of a callback with its content type (contract 4c). The charset alternates, and so does whether
 * the content type names it.
 */
export function callbackBody(office: Office, record: CaseRecord, event: Event, label: string) {
  const { eventId, step } = event
  const charset: Charset = record.steps.length % 2 === 0 ? 'utf-8' : 'gb2312'
  const matter = matterOf(record.serviceCode)
  const call = {
    CALLER: '安徽政务服务网',
    CALLTIME: step.startTime,
    CALLBACK_URL: '',
    ISSUE: 'csj',
    EVENTID: eventId,
  }
  const service = {
    UNID: record.unid,
    PROJID: record.projid,
    SERVICECODE: record.serviceCode,
    SERVICEVERSION: record.version,
    SERVICENAME: matter.serviceName,
    PROJECTNAME: record.projectName,
    AREACODE: record.areaCode,
    handleState: step.state,
    dataState: step.state === '21' ? '0' : '1',
    BELONGSYSTEM: PLATFORM,
  }
  const [field, name, leaves] = eventBlock(office, record, event, label)
  const blocks = [
    block(office, 'CALLINFO', call),
    block(office, 'SERVICEINFO', service),
    block(office, name, leaves),
  ]
  const body = formBody(
    [[field, `<RECORD>${blocks.join('')}</RECORD>`], ...complaints(office, record)],
    charset,
  )
  const parameter = choose(office, 3) === 0 ? '' : `; charset=${charset}`
  return { body, contentType: `application/x-www-form-urlencoded${parameter}` }
}
