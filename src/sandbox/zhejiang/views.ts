import { MATTERS } from './catalogue.ts'
import { fileAt } from './file-store.ts'
import { absent, extra, listOrOne, numberOrText, orAbsent } from './freedoms.ts'
import type { Office } from './office.ts'
import type { CaseRecord, Correction, Step } from './state.ts'
import { CODES } from './state-machine.ts'

/** The department that handles a case: twelve digits and a name. */
export function departmentOf(record: CaseRecord): { readonly deptCode: string; readonly deptName: string } {
  const row = MATTERS.get(record.matterCode)?.row
  return { deptCode: row?.['OUGUID'] ?? '', deptName: row?.['Acp_institution'] ?? '' }
}

/** `extInfo` of answers and callbacks: both empty for a case of the Zhejiang site (contract 4.c.1). */
export const sourceView = (record: CaseRecord) => ({
  sourceRegion: record.source?.sourceRegion ?? '',
  sourceProjectNo: record.source?.sourceProjectNo ?? '',
})

/** `correctInfo` of answers and callbacks (contract 4.c.1). */
export function correctionView(office: Office, correction: Correction): Record<string, unknown> {
  return {
    correctSeq: numberOrText(office, correction.correctSeq),
    correctDesc: correction.correctDesc,
    gmtCorrectEnd: correction.gmtCorrectEnd,
    formFields: orAbsent(office, correction.formFields.join(',')),
    suffInfoList: listOrOne(
      office,
      correction.materials.map((material) => ({ ...material, memo: '请重新提供' })),
    ),
  }
}

function stepView(office: Office, record: CaseRecord, step: Step): Record<string, unknown> {
  const { phaseCode, doAction, nodeName } = CODES[step.state]
  return {
    phaseCode,
    doAction: numberOrText(office, doAction),
    nodeName,
    operatorName: step.operatorName,
    operatorUid: step.operatorUid,
    ...departmentOf(record),
    gmtStart: step.gmtStart,
    gmtEnd: orAbsent(office, step.gmtEnd),
    opinion: step.opinion,
  }
}

/** What `status.do` answers (contract 4.c.1). */
export function statusView(office: Office, record: CaseRecord): Record<string, unknown> {
  const { phaseCode, doAction, nodeName, proStatus } = CODES[record.state]
  return {
    projId: record.projId,
    matterCode: record.matterCode,
    projectName: record.projectName,
    areaCode: record.areaCode,
    affairType: record.affairType,
    phaseCode,
    doAction: numberOrText(office, doAction),
    nodeName,
    proStatus: numberOrText(office, proStatus),
    gmtApply: record.gmtApply,
    gmtAccept: orAbsent(office, record.gmtAccept),
    promiseTime: orAbsent(office, record.promiseTime),
    gmtService: orAbsent(office, record.gmtService),
    gmtUpdate: record.gmtUpdate,
    result: orAbsent(office, record.result),
    resultDesc: orAbsent(office, record.resultDesc),
    resultCode: orAbsent(office, record.resultCode),
    correctInfo: record.correction === undefined ? absent(office) : correctionView(office, record.correction),
    extInfo: sourceView(record),
    nodes: listOrOne(
      office,
      record.steps.map((step) => stepView(office, record, step)),
    ),
    ...extra(office, 'extField1', ''),
  }
}

/** One row of `list.do` (contract 4.j). */
export function listView(office: Office, record: CaseRecord): Record<string, unknown> {
  const { phaseCode, doAction, proStatus } = CODES[record.state]
  return {
    projId: record.projId,
    projPwd: record.projPwd,
    projectName: record.projectName,
    matterCode: record.matterCode,
    matterName: MATTERS.get(record.matterCode)?.row['QL_NAME'] ?? '',
    areaCode: record.areaCode,
    phaseCode,
    doAction: numberOrText(office, doAction),
    proStatus: numberOrText(office, proStatus),
    gmtApply: record.gmtApply,
    gmtUpdate: record.gmtUpdate,
    deptName: departmentOf(record).deptName,
    extInfo: sourceView(record),
  }
}

/** What `result.do` answers (contract 4.m). */
export function resultView(office: Office, record: CaseRecord): Record<string, unknown> {
  const documents = record.results.flatMap((attPath) => {
    const file = fileAt(office, attPath)
    if (file === undefined) return []
    const { attName, size, digest } = file
    return [{ attName, attPath, memo: '', attSize: numberOrText(office, size), digest }]
  })
  return {
    projId: record.projId,
    result: record.result,
    resultDesc: record.resultDesc,
    resultCode: orAbsent(office, record.resultCode),
    gmtService: record.gmtService,
    validFrom: orAbsent(office, record.validFrom),
    validTo: orAbsent(office, record.validTo),
    attachMentVOs: listOrOne(office, documents),
  }
}
