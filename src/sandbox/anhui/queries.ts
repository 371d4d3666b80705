import { entryOf } from '../entries.ts'
import { matterOf } from './catalogue.ts'
import { isAreaCode } from './cities.ts'
import { resultDocuments } from './documents.ts'
import { countUpTo, isCardNumber, LEGAL_CARD, oneOf, PERSON_CARDS } from './formats.ts'
import { extras, numberOrText, oneOrMany } from './freedoms.ts'
import { applicantKey, caseOf, nowOf, type Office } from './office.ts'
import { BadMember, CaseRefusal } from './refusals.ts'
import type { CaseAnswer, Route } from './routes.ts'
import { may, must, readLeaves, readXml } from './shapes.ts'
import type { CaseRecord } from './state.ts'
import { STATES, WITH_RESULT } from './state-machine.ts'
import { isDateTime, wallClock } from './times.ts'

type Fields = ReadonlyMap<string, string>

/** The case that a number and its password open: `05` unknown or lapsed, `03` wrong password. */
function openedCase(office: Office, fields: Fields, field: string): CaseRecord {
  const root = readXml(fields, field, 'RECORD')
  if (root.text !== '') throw new BadMember('PROJID')
  const { PROJID, PROJPWD } = readLeaves(root, { PROJID: must(), PROJPWD: must() })
  const record = caseOf(office, PROJID)
  if (record === undefined) throw new CaseRefusal('05')
  if (record.projpwd !== PROJPWD) throw new CaseRefusal('03')
  return record
}

function nodesOf(office: Office, record: CaseRecord) {
  const { deptName } = matterOf(record.serviceCode)
  const nodes = record.steps.map(({ state, userName, startTime, opinion }) => ({
    nodeName: STATES[state].label,
    handleState: state,
    userName,
    deptName,
    startTime,
    endTime: startTime,
    opinion,
    ...extras(office),
  }))
  return oneOrMany(office, nodes)
}

function queryCase(office: Office, fields: Fields): CaseAnswer {
  const record = openedCase(office, fields, 'projQueryXml')
  const data = {
    projid: record.projid,
    unid: record.unid,
    sc: record.serviceCode,
    serviceName: matterOf(record.serviceCode).serviceName,
    projectName: record.projectName,
    areaCode: record.areaCode,
    handleState: record.state,
    handleStateName: STATES[record.state].label,
    applyTime: record.applyTime,
    acceptTime: record.acceptTime,
    promiseEtime: record.promiseEtime,
    transactTime: record.transactTime,
    transactResult: record.transactResult,
    transactResultCode: record.transactResultCode,
    resultCode: record.resultCode,
    correctInfo: record.correction === undefined ? '' : JSON.stringify(record.correction),
    nodes: nodesOf(office, record),
    ...extras(office),
  }
  return { resultmsg: '查询成功', data }
}

function rowOf(office: Office, record: CaseRecord): Record<string, unknown> {
  return {
    projid: record.projid,
    projpwd: record.projpwd,
    sc: record.serviceCode,
    serviceName: matterOf(record.serviceCode).serviceName,
    projectName: record.projectName,
    areaCode: record.areaCode,
    handleState: record.state,
    handleStateName: STATES[record.state].label,
    applyTime: record.applyTime,
    updateTime: record.steps.at(-1)?.startTime ?? '',
    // Nobody can rate here yet, so no case has been rated.
    evaluated: '0',
    ...extras(office),
  }
}

function listCases(office: Office, fields: Fields): CaseAnswer {
  const root = readXml(fields, 'projListXml', 'RECORD')
  if (root.text !== '') throw new BadMember('APPLY_CARDTYPE')
  const asked = readLeaves(root, {
    APPLY_CARDTYPE: must(oneOf(...PERSON_CARDS, LEGAL_CARD)),
    APPLY_CARDNUMBER: must(),
    AREACODE: must(isAreaCode),
    STARTTIME: may(isDateTime),
    ENDTIME: may(isDateTime),
    PAGENUM: must(countUpTo(999_999)),
    PAGESIZE: must(countUpTo(50)),
  })
  if (!isCardNumber(asked.APPLY_CARDTYPE, asked.APPLY_CARDNUMBER)) throw new BadMember('APPLY_CARDNUMBER')
  const key = applicantKey(asked.AREACODE, asked.APPLY_CARDTYPE, asked.APPLY_CARDNUMBER)
  const found = (entryOf(office.state.casesByApplicant, key) ?? []).flatMap((projid) => {
    const record = office.state.cases[projid]
    if (record === undefined) return []
    const isEarly = asked.STARTTIME !== '' && record.applyTime < asked.STARTTIME
    const isLate = asked.ENDTIME !== '' && record.applyTime > asked.ENDTIME
    return isEarly || isLate ? [] : [record]
  })
  const [pageNum, pageSize] = [Number(asked.PAGENUM), Number(asked.PAGESIZE)]
  const start = (pageNum - 1) * pageSize
  const page = found.reverse().slice(start, start + pageSize)
  const data = {
    total: numberOrText(office, found.length),
    pageNum: numberOrText(office, pageNum),
    pageSize: numberOrText(office, pageSize),
    records: oneOrMany(
      office,
      page.map((record) => rowOf(office, record)),
    ),
  }
  return { resultmsg: '查询成功', data }
}

function downloadResult(office: Office, fields: Fields): CaseAnswer {
  const record = openedCase(office, fields, 'resultDownloadXml')
  const { projid, state, resultCode } = record
  if (!WITH_RESULT.has(state)) throw new CaseRefusal('06', { projid, handleState: state })
  const files = resultDocuments(record).map(({ fileId, fileName, bytes, md5 }) => ({
    fileId,
    fileName,
    suffix: 'pdf',
    size: numberOrText(office, bytes.length),
    md5,
    content: bytes.toString('base64'),
    ...extras(office),
  }))
  return { resultmsg: '查询成功', data: { projid, resultCode, files: oneOrMany(office, files) } }
}

/** The only parameter is a city, which may be empty; everything else is refused (contract 4i). */
function health(office: Office, query: URLSearchParams): CaseAnswer {
  for (const name of query.keys()) if (name !== 'areaCode') throw new BadMember(name)
  const codes = query.getAll('areaCode')
  if (codes.length > 1 || codes.some((code) => code !== '' && !isAreaCode(code))) {
    throw new BadMember('areaCode')
  }
  return { resultmsg: 'ok', data: { time: wallClock(nowOf(office)) } }
}

/** Progress, a person's cases, results and health (contract 4c, 4i, 4j, 4m). */
export function queryRoutes(office: Office): readonly Route[] {
  const form = (operation: string, tail: string, field: string, ask: typeof queryCase): Route => ({
    operation,
    method: 'POST',
    group: 'case',
    tail,
    style: 'form',
    fields: [field],
    answer: (fields) => ask(office, fields),
  })
  return [
    form('case-query', '/projQuery', 'projQueryXml', queryCase),
    form('case-list', '/projList', 'projListXml', listCases),
    form('result-download', '/resultDownload', 'resultDownloadXml', downloadResult),
    {
      operation: 'health',
      method: 'GET',
      group: 'case',
      tail: '/heartbeat',
      style: 'query',
      answer: (query) => health(office, query),
    },
  ]
}
