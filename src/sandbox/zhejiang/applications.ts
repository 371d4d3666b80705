import {
  type CorrectionAnswer,
  correctionShape,
  type Submission,
  submissionShape,
  withdrawalShape,
} from './application-shapes.ts'
import { MATTERS, type Matter, offeredMatter } from './catalogue.ts'
import { checkFieldsPresent, checkForm, checkMaterials } from './cross-checks.ts'
import { fileAt } from './file-store.ts'
import { numberOrText } from './freedoms.ts'
import { issuedNumber } from './numbers.ts'
import { fileCase, newPassword, nowOf, type Office, sourceKey } from './office.ts'
import { BusinessRefusal, badMember } from './refusals.ts'
import { caseOf, readJson } from './requests.ts'
import { type Call, pathUnder, type Route } from './routes.ts'
import { isRecord } from './shapes.ts'
import { sha256 } from './signature.ts'
import type { CaseRecord, HandedMaterial } from './state.ts'
import { CODES, frees, isWithdrawable, stateAfterCorrection } from './state-machine.ts'
import { enterState } from './steps.ts'

/** The same text for bodies that are equal as JSON values, whatever the order of their members. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isRecord(value)) return JSON.stringify(value)
  const members = Object.keys(value).sort()
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`
}

const digestOf = (body: unknown): string => sha256(canonical(body))

function duplicateOf(projId: string): BusinessRefusal {
  return new BusinessRefusal('C-AFFAIR-PROJ-DUPLICATE', undefined, { projId })
}

/** The case that stands in the way of another one of the same source (contract 4.b.2, rule 3). */
function caseInTheWay(office: Office, { extInfo }: Submission): CaseRecord | undefined {
  const { caseBySource, cases } = office.state
  const key = sourceKey(extInfo.sourceRegion, extInfo.sourceProjectNo)
  const found = cases[caseBySource[key] ?? '']
  return found !== undefined && !frees(found.state) ? found : undefined
}

/** The members that have to agree with the matter, then materials and form (contract 4.b.2). */
function checkAgainstMatter(office: Office, body: Submission, matter: Matter): Record<string, string> {
  const { row } = matter
  if (body.affairType !== row['BJTYPE']) throw badMember('affairType')
  if (body.deptCode !== row['OUGUID']) throw badMember('deptCode')
  if (body.execDeptOrgCode !== row['OUORGCODE']) throw badMember('execDeptOrgCode')
  const kinds = (row['SERVICE_OBJECT'] ?? '').split(',')
  if (!kinds.includes(body.applicantVO.userProp)) throw badMember('applicantVO.userProp')
  checkMaterials(office, body.suffInfoList, {
    projId: body.projId,
    matter,
    applicantNumber: body.applicantVO.applyCardNumber,
    mayBeLater: true,
    wanted: [...matter.materials.values()].filter(({ necessary }) => necessary).map(({ id }) => id),
  })
  const form = checkForm(matter, body.affFormInfo)
  const required = [...matter.form.values()].filter((field) => field.required === '1').map(({ name }) => name)
  checkFieldsPresent(form, required)
  return { ...form }
}

function markUsed(office: Office, record: CaseRecord, materials: readonly HandedMaterial[]): void {
  for (const { attPath } of materials.flatMap(({ attachMentVOs }) => attachMentVOs)) {
    const file = fileAt(office, attPath)
    if (file === undefined || file.used) continue
    file.used = true
    record.files += 1
  }
}

function openCase(
  office: Office,
  body: Submission,
  bodyDigest: string,
  form: Record<string, string>,
): CaseRecord {
  const record: CaseRecord = {
    projId: body.projId,
    projPwd: newPassword(),
    sequence: Number(body.projId.slice(-9)),
    areaCode: body.areaCode,
    matterCode: body.matterCode,
    projectName: body.projectName,
    affairType: body.affairType,
    applicant: {
      name: body.applicantVO.applyName,
      cardType: body.applicantVO.applyCardType,
      cardNumber: body.applicantVO.applyCardNumber,
    },
    source: { sourceRegion: body.extInfo.sourceRegion, sourceProjectNo: body.extInfo.sourceProjectNo },
    bodyDigest,
    recvUserName: body.recvUserName,
    recvUserId: body.recvUserId,
    gmtApply: body.gmtApply,
    state: 'SUBMITTED',
    gmtUpdate: '',
    denied: false,
    events: 0,
    corrections: 0,
    answered: {},
    steps: [],
    materials: [...body.suffInfoList],
    form,
    files: 0,
    results: [],
  }
  markUsed(office, record, body.suffInfoList)
  const by = { operatorName: body.recvUserName, operatorUid: body.recvUserId, opinion: '' }
  enterState(record, 'SUBMITTED', by, nowOf(office))
  return record
}

function submit(office: Office, call: Call): unknown {
  const body = readJson<Submission>(call, submissionShape(office.config))
  const bodyDigest = digestOf(body)
  const known = office.state.cases[body.projId]
  if (known !== undefined) {
    if (known.bodyDigest !== bodyDigest) throw duplicateOf(known.projId)
    return { projId: known.projId, projPwd: known.projPwd }
  }
  const matter = offeredMatter(body.matterCode, body.areaCode)
  if (matter === undefined) throw new BusinessRefusal('C-AFFAIR-MATTER-NOT-EXIST')
  const issued = issuedNumber(office, body.projId)
  if (issued?.areaCode !== body.areaCode || issued.matterCode !== body.matterCode) {
    throw new BusinessRefusal('C-AFFAIR-PROJ-NOT-EXIST')
  }
  const standing = caseInTheWay(office, body)
  if (standing !== undefined) throw duplicateOf(standing.projId)
  const form = checkAgainstMatter(office, body, matter)
  const record = openCase(office, body, bodyDigest, form)
  fileCase(office, record)
  delete office.state.numbers[body.projId]
  return { projId: record.projId, projPwd: record.projPwd }
}

function correct(office: Office, call: Call): unknown {
  const body = readJson<CorrectionAnswer>(call, correctionShape(office.config))
  const record = caseOf(office, body.projId, body.projPwd)
  const bodyDigest = digestOf(body)
  const { correctSeq } = body
  const answered = record.answered[String(correctSeq)]
  if (answered?.bodyDigest === bodyDigest) {
    const { phaseCode, doAction } = CODES[answered.state]
    return answerTo(office, record, correctSeq, phaseCode, doAction)
  }
  const next = stateAfterCorrection(record.state)
  const asked = record.correction
  if (next === undefined || asked?.correctSeq !== correctSeq) {
    throw new BusinessRefusal('C-AFFAIR-STATE-CONFLICT')
  }
  const matter = MATTERS.get(record.matterCode)
  if (matter === undefined) throw new BusinessRefusal('C-AFFAIR-MATTER-NOT-EXIST')
  checkMaterials(office, body.suffInfoList, {
    projId: record.projId,
    matter,
    applicantNumber: record.applicant.cardNumber,
    mayBeLater: false,
    wanted: asked.materials.map(({ suffId }) => suffId),
  })
  const changes = checkForm(matter, body.affFormInfo)
  checkFieldsPresent(changes, asked.formFields)
  record.form = { ...record.form, ...changes }
  const replaced = new Set(body.suffInfoList.map(({ suffId }) => suffId))
  record.materials = [...record.materials.filter(({ suffId }) => !replaced.has(suffId)), ...body.suffInfoList]
  markUsed(office, record, body.suffInfoList)
  record.answered[String(correctSeq)] = { bodyDigest, state: next }
  const by = { operatorName: record.recvUserName, operatorUid: record.recvUserId, opinion: '已补正' }
  enterState(record, next, by, nowOf(office))
  const { phaseCode, doAction } = CODES[next]
  return answerTo(office, record, correctSeq, phaseCode, doAction)
}

function answerTo(
  office: Office,
  record: CaseRecord,
  correctSeq: number,
  phaseCode: string,
  doAction: number,
): unknown {
  return {
    projId: record.projId,
    correctSeq: numberOrText(office, correctSeq),
    phaseCode,
    doAction: numberOrText(office, doAction),
  }
}

function withdraw(office: Office, call: Call): unknown {
  const body = readJson<{
    readonly projId: string
    readonly projPwd: string
    readonly reason: string
    readonly operatorName: string
    readonly operatorUid: string
  }>(call, withdrawalShape(office.config))
  const record = caseOf(office, body.projId, body.projPwd)
  if (!isWithdrawable(record.state)) throw new BusinessRefusal('C-AFFAIR-STATE-CONFLICT')
  const { operatorName, operatorUid, reason: opinion } = body
  enterState(record, 'WITHDRAWN', { operatorName, operatorUid, opinion }, nowOf(office))
  record.resultDesc = '申请人撤回'
  const { phaseCode, doAction } = CODES.WITHDRAWN
  return {
    projId: record.projId,
    phaseCode,
    doAction: numberOrText(office, doAction),
    result: record.result,
    resultDesc: record.resultDesc,
  }
}

/** Submitting, answering a correction request and withdrawing (contract 4.b.2, 4.b.3, 4.l). */
export function applicationRoutes(office: Office): readonly Route[] {
  const post = (operation: string, tail: string, answer: (call: Call) => unknown): Route => ({
    operation,
    method: 'POST',
    path: pathUnder(office.config, 'case', tail),
    handler: { kind: 'business', answer },
  })
  return [
    post('apply-submit', '/zwztapi/receive.do', (call) => submit(office, call)),
    post('apply-correct', '/zwztapi/correct.do', (call) => correct(office, call)),
    post('case-withdraw', '/zwztapi/withdraw.do', (call) => withdraw(office, call)),
  ]
}
