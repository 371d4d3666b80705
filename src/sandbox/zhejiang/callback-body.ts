import { MATTERS } from './catalogue.ts'
import { fileAt } from './file-store.ts'
import { absent, extra, listOrOne, numberOrText, orAbsent } from './freedoms.ts'
import type { Office } from './office.ts'
import type { CaseRecord, Step } from './state.ts'
import { type Channel, CODES } from './state-machine.ts'
import { correctionView, departmentOf, sourceView } from './views.ts'

/** The documents that go with an event, as the callback names them (contract 4.c.2, `attachMentVOs`). */
function documents(office: Office, paths: readonly string[]): unknown {
  const named = paths.flatMap((attPath) => {
    const file = fileAt(office, attPath)
    return file === undefined ? [] : [{ attName: file.attName, attPath, memo: '' }]
  })
  return named.length === 0 ? absentList(office) : listOrOne(office, named)
}

/** A list that may be missing as a whole. */
function absentList(office: Office): unknown {
  return absent(office) === undefined ? undefined : listOrOne(office, [])
}

function acceptPart(office: Office, record: CaseRecord, step: Step, paths: readonly string[]): object {
  const isAccepted = step.state === 'ACCEPTED'
  return {
    memo: '',
    gmtAccept: isAccepted ? record.gmtAccept : absent(office),
    promiseTime: isAccepted ? record.promiseTime : absent(office),
    opinion: step.opinion,
    correctInfo: record.correction === undefined ? absent(office) : correctionView(office, record.correction),
    attachMentVOs: documents(office, paths),
  }
}

function handlerPart(office: Office, step: Step): object {
  return {
    memo: step.opinion,
    gmtStart: step.gmtStart,
    gmtEnd: orAbsent(office, step.gmtEnd),
    opinion: step.opinion,
  }
}

/** How a result reaches the applicant: one of the matter's own modes, a courier number when it is posted. */
function deliveryPart(office: Office, record: CaseRecord): object {
  const modes = (MATTERS.get(record.matterCode)?.row['Service_mode'] ?? '1').split(',')
  const serviceMode = modes[record.sequence % modes.length] ?? '1'
  const expressNo = serviceMode === '2' ? `FAKE${String(record.sequence).padStart(10, '0')}` : undefined
  return { serviceMode, expressNo: orAbsent(office, expressNo) }
}

function finishPart(office: Office, record: CaseRecord, step: Step, paths: readonly string[]): object {
  const isReason = step.state === 'VOIDED' || step.state === 'WITHDRAWN'
  return {
    memo: isReason ? step.opinion : '',
    gmtService: record.gmtService,
    result: record.result,
    resultDesc: record.resultDesc,
    resultCode: orAbsent(office, record.resultCode),
    ...(step.state === 'DELIVERED' ? deliveryPart(office, record) : {}),
    attachMentVOs: documents(office, paths),
  }
}

/** The JSON text of one event; it is made once, so that a retry carries the same (contract 4.c.2). */
export function callbackBody(
  office: Office,
  record: CaseRecord,
  event: {
    readonly eventId: string
    readonly step: Step
    readonly channel: Channel
    readonly paths: readonly string[]
  },
): string {
  const { eventId, step, channel, paths } = event
  const { phaseCode, doAction, nodeName } = CODES[step.state]
  const parts: Readonly<Record<Channel, () => object>> = {
    accept: () => acceptPart(office, record, step, paths),
    handler: () => handlerPart(office, step),
    finish: () => finishPart(office, record, step, paths),
  }
  return JSON.stringify({
    eventId,
    projId: record.projId,
    appId: office.config.options.appId,
    areaCode: record.areaCode,
    ...departmentOf(record),
    operatorName: step.operatorName,
    operatorUid: step.operatorUid,
    phaseCode,
    doAction: numberOrText(office, doAction),
    nodeName,
    gmtUpdate: step.gmtStart,
    extInfo: sourceView(record),
    ...parts[channel](),
    ...extra(office, 'extFlag', '0'),
  })
}
