/** Case query, a person's cases, result documents (contract 4.c, 4.j, 4.m). */
import { matterOf } from './catalogue.ts'
import { base64, collection, extras, numberOrText } from './freedoms.ts'
import { pageOf } from './matters.ts'
import { checkCity, checked, FORMATS, type Members, optional, required, upTo } from './members.ts'
import { caseAt, caseByNumber, type Office, personKey } from './office.ts'
import { badFormat, HallRefusal, missing, notFound } from './refusals.ts'
import type { HallRoute } from './routes.ts'
import type { CaseRecord } from './state.ts'
import { isConcluded, STATUS_NAMES } from './state-machine.ts'
import { sm3 } from './steps.ts'

type Sent = Readonly<Record<string, unknown>>

/** `buzhenginfo`: JSON in a text, with the freedom of one-element collections inside. */
export function correctionText(office: Office, { correction }: CaseRecord): string {
  if (!correction) return ''
  const { deadline, opinion, materials } = correction
  return JSON.stringify({ deadline, opinion, materiallist: collection(office, materials) })
}

function query(office: Office, sent: Sent): object {
  const params = checked(sent, {
    flowsn: optional(upTo(50)),
    projectguid: optional(FORMATS.guid),
    certnum: optional(upTo(30)),
  })
  const { areacode = '', flowsn = '', projectguid = '', certnum = '' } = params
  if (flowsn === '' && projectguid === '') throw missing('flowsn')
  if (flowsn !== '' && projectguid !== '') throw badFormat('projectguid')
  checkCity(params)
  const record =
    flowsn === '' ? caseAt(office, areacode, projectguid) : caseByNumber(office, areacode, flowsn)
  if (!record || (record.params?.['certnum'] ?? '') !== certnum) throw notFound()
  const matter = matterOf(record.taskguid)
  return {
    flowsn: record.flowsn,
    projectguid: record.projectguid,
    taskguid: record.taskguid,
    taskname: matter.taskname,
    projectname: record.params?.['projectname'] ?? '',
    areacode: record.areacode,
    ouname: matter.ouname,
    applyername: record.params?.['applyername'] ?? '',
    status: numberOrText(office, record.status),
    statustext: STATUS_NAMES[record.status] ?? '',
    applydate: record.params?.['applydate'] ?? '',
    acceptdate: record.acceptdate,
    promiseenddate: record.promiseenddate,
    banjiedate: record.banjiedate,
    banjieresult: record.banjieresult,
    sourceareacode: record.sourceareacode,
    sourceprojectno: record.sourceprojectno,
    operations: collection(office, record.operations),
    buzhenginfo: correctionText(office, record),
    resultlist: collection(
      office,
      record.results.map(({ attachguid, attachname, size, resultname, resultno }) => ({
        attachguid,
        attachname,
        attachlength: numberOrText(office, size),
        resultname,
        resultno,
      })),
    ),
    iseval: '0',
    ...extras(office),
  }
}

const LABELS: Readonly<Record<number, string>> = {
  12: '待预审',
  14: '预审退回',
  28: '待补正',
  37: '待补正',
  90: '已办结',
}
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(['30', '31', '32', '70', '71', '72', '81'])

const LIST: Members = {
  certtype: required(/^(22|16|14|99)$/),
  certnum: required(upTo(30)),
  status: optional(/^\d{1,3}(;\d{1,3})*$/),
  currentpage: required(FORMATS.page),
  pagesize: required(FORMATS.pagesize),
}

function list(office: Office, sent: Sent): object {
  const params = checked(sent, LIST)
  checkCity(params)
  const { areacode = '', certtype = '', certnum = '', status = '' } = params
  const wanted = status === '' ? undefined : new Set(status.split(';'))
  const rows = (office.state.byPerson[personKey(areacode, certtype, certnum)] ?? [])
    .flatMap((key) => office.state.cases[key] ?? [])
    .filter((record) => !wanted || wanted.has(String(record.status)))
    .toSorted((a, b) =>
      `${b.params?.['applydate']} ${b.flowsn}`.localeCompare(`${a.params?.['applydate']} ${a.flowsn}`),
    )
    .map((record) => rowOf(office, record))
  return pageOf(office, rows, params, 'projectlist')
}

function rowOf(office: Office, record: CaseRecord): object {
  const matter = matterOf(record.taskguid)
  const last = record.operations.findLast(({ operatetype }) => !WITHOUT_EFFECT.has(operatetype))
  return {
    flowsn: record.flowsn,
    projectguid: record.projectguid,
    taskguid: record.taskguid,
    taskname: matter.taskname,
    projectname: record.params?.['projectname'] ?? '',
    areacode: record.areacode,
    ouname: matter.ouname,
    status: numberOrText(office, record.status),
    statustext: LABELS[record.status] ?? '审批中',
    operatetype: last?.operatetype ?? '',
    applydate: record.params?.['applydate'] ?? '',
    banjiedate: record.banjiedate,
    sourceareacode: record.sourceareacode,
    sourceprojectno: record.sourceprojectno,
  }
}

function result(office: Office, sent: Sent): object {
  const params = checked(sent, {
    flowsn: required(upTo(50)),
    certnum: required(upTo(30)),
    attachguid: required(FORMATS.guid),
  })
  checkCity(params)
  const record = caseByNumber(office, params['areacode'] ?? '', params['flowsn'] ?? '')
  if (!record || record.params?.['certnum'] !== params['certnum']) throw notFound()
  if (!isConcluded(record)) throw new HallRefusal('办件尚未办结')
  const file = record.results.find(({ attachguid }) => attachguid === params['attachguid'])
  if (!file) throw new HallRefusal('结果文件不存在')
  return {
    attachguid: file.attachguid,
    attachname: file.attachname,
    attachlength: numberOrText(office, file.size),
    contenttype: 'application/pdf',
    attachcontent: base64(office, file.base64),
    sm3: sm3(Buffer.from(file.base64, 'base64')),
  }
}

export const queryRoutes: readonly HallRoute[] = [
  { operation: 'case-query', service: 'project', path: 'zwdtProject/getProjectDetail', handle: query },
  { operation: 'case-list', service: 'project', path: 'zwdtProject/getMyProjectList', handle: list },
  { operation: 'case-result', service: 'project', path: 'zwdtProject/getProjectResultFile', handle: result },
]
