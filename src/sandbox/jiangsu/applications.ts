/** Begin, check, submit, resubmit, withdraw (contract 4.b and 4.l). */
import { checkForm, submissionIn } from './application-checks.ts'
import { CENTERS, matterAt, matterOf } from './catalogue.ts'
import { collection, extras, numberOrText } from './freedoms.ts'
import {
  checkCity,
  checked,
  FORMATS,
  isObjectText,
  type Members,
  optional,
  type Params,
  required,
  upTo,
} from './members.ts'
import { caseAt, guidOf, nowOf, type Office, personKey, sourceKey } from './office.ts'
import { badFormat, HallRefusal, notFound } from './refusals.ts'
import type { HallRoute } from './routes.ts'
import { type CaseRecord, emptyCase } from './state.ts'
import { AFTER_RESUBMISSION, isWithdrawable } from './state-machine.ts'
import { operate } from './steps.ts'
import { instantOf, wallClock } from './times.ts'

const filesOf = (record: CaseRecord, material: string) =>
  record.files.filter(({ taskmaterialguid }) => taskmaterialguid === material)

const missingMaterials = (record: CaseRecord) =>
  [...matterOf(record.taskguid).materials.values()].filter(
    ({ necessity, taskmaterialguid }) => necessity === '10' && filesOf(record, taskmaterialguid).length === 0,
  )

// --- initProject

const INIT: Members = {
  taskguid: required(FORMATS.guid),
  sourceareacode: required(FORMATS.six),
  sourceprojectno: required(FORMATS.source),
}

function begin(office: Office, sent: Readonly<Record<string, unknown>>): object {
  const params = checked(sent, INIT)
  checkCity(params)
  const { areacode = '', taskguid = '', sourceareacode = '', sourceprojectno = '' } = params
  const matter = matterAt(areacode, taskguid)
  if (!matter) throw new HallRefusal('事项不存在')
  if (matter.is_enable !== '1') throw new HallRefusal('事项已停用')
  if (matter.iscross !== '1' && matter.iscross !== '2') throw new HallRefusal('事项未开通跨省通办')
  const { state } = office
  const source = sourceKey(sourceareacode, sourceprojectno)
  const known = state.cases[state.bySource[source] ?? '']
  if (known) {
    if (known.taskguid !== taskguid) throw new HallRefusal('来源办件编号已被其他事项使用')
    return { projectguid: known.projectguid, status: numberOrText(office, known.status) }
  }
  state.sequence += 1
  const projectguid = guidOf(`case ${source}`)
  state.cases[projectguid] = emptyCase({ projectguid, areacode, taskguid, sourceareacode, sourceprojectno })
  state.bySource[source] = projectguid
  return { projectguid, status: numberOrText(office, 8) }
}

// --- checkAllMaterialIsSubmit

function check(office: Office, sent: Readonly<Record<string, unknown>>): object {
  const params = checked(sent, { projectguid: required(FORMATS.guid) })
  checkCity(params)
  const record = caseAt(office, params['areacode'] ?? '', params['projectguid'] ?? '')
  if (!record) throw notFound()
  const lacking = missingMaterials(record)
  return {
    isallsubmit: lacking.length === 0 ? '1' : '0',
    materiallist: collection(
      office,
      lacking.map(({ taskmaterialguid, materialname }) => ({ taskmaterialguid, materialname })),
    ),
  }
}

// --- submitProjectByTaskguid

function submit(office: Office, sent: Readonly<Record<string, unknown>>): object {
  const params = submissionIn(sent)
  checkCity(params)
  const { areacode = '', projectguid = '' } = params
  const record = caseAt(office, areacode, projectguid)
  if (!record) throw notFound()
  if (
    record.sourceareacode !== params['sourceareacode'] ||
    record.sourceprojectno !== params['sourceprojectno']
  )
    throw badFormat('sourceprojectno')
  if (record.taskguid !== params['taskguid']) throw new HallRefusal('事项不存在')
  if (record.status !== 8 && record.status !== 10) throw new HallRefusal('不允许重复提交办件')
  const matter = matterOf(record.taskguid)
  const among = (list: string, code: string | undefined) => list.split(';').includes(code ?? '')
  if (!among(matter.applyertype, params['applyertype'])) throw new HallRefusal('申请人类型不符')
  if (!among(matter.crossmode, params['applyway'])) throw new HallRefusal('办理方式不支持')
  if (!among(matter.sendway, params['sendway'])) throw badFormat('sendway')
  if (params['centerguid'] !== '' && !CENTERS.get(areacode)?.has(params['centerguid'] ?? ''))
    throw new HallRefusal('中心不存在')
  checkForm(matter, params['formdata'] ?? '')
  if (missingMaterials(record).length > 0) throw new HallRefusal('材料未提交齐全')
  record.params = params
  record.formdata = params['formdata'] ?? '{}'
  office.state.sequence += 1
  const day = wallClock(nowOf(office)).slice(0, 10).replaceAll('-', '')
  record.flowsn = `JSSZ${day}${String(office.state.sequence).padStart(6, '0')}`
  office.state.byNumber[record.flowsn] = projectguid
  const person = personKey(areacode, params['certtype'] ?? '', params['certnum'] ?? '')
  const list = office.state.byPerson[person] ?? []
  list.push(projectguid)
  office.state.byPerson[person] = list
  operate(office, record, { operation: '12', status: 12 }, { who: params['applyername'] ?? '', remarks: '' })
  return { text: '提交成功', ...answerOf(office, record) }
}

const answerOf = (office: Office, record: CaseRecord): object => ({
  projectguid: record.projectguid,
  flowsn: record.flowsn,
  status: numberOrText(office, record.status),
  ...extras(office),
})

// --- resubmitProject

const RESUBMIT: Members = {
  flowsn: required(upTo(50)),
  projectguid: required(FORMATS.guid),
  certnum: required(upTo(30)),
  formdata: optional(isObjectText),
  remarks: optional(upTo(500)),
  submitdate: required(FORMATS.dt),
}

/** The case of all three keys, or none. */
function ownCase(office: Office, params: Params): CaseRecord {
  const record = caseAt(office, params['areacode'] ?? '', params['projectguid'] ?? '')
  if (!record?.params || record.flowsn !== params['flowsn'] || record.params['certnum'] !== params['certnum'])
    throw notFound()
  return record
}

function resubmit(office: Office, sent: Readonly<Record<string, unknown>>): object {
  const params = checked(sent, RESUBMIT, true)
  checkCity(params)
  const record = ownCase(office, params)
  const move = AFTER_RESUBMISSION[record.status]
  if (!move) throw new HallRefusal('当前办件状态不允许补正')
  const { correction } = record
  if (correction && nowOf(office) > instantOf(correction.deadline)) throw new HallRefusal('补正期限已过')
  if (params['formdata'] !== '') checkForm(matterOf(record.taskguid), params['formdata'] ?? '')
  const answered = (material: string) =>
    filesOf(record, material).some(({ turn }) => turn > (correction?.turn ?? 0))
  if (correction && !correction.materials.every(({ taskmaterialguid }) => answered(taskmaterialguid)))
    throw new HallRefusal('补正材料未提交齐全')
  if (params['formdata'] !== '') record.formdata = params['formdata'] ?? ''
  operate(office, record, move, {
    who: record.params?.['applyername'] ?? '',
    remarks: params['remarks'] ?? '',
  })
  return { text: '提交成功', ...answerOf(office, record) }
}

// --- cancelProject

const CANCEL: Members = {
  flowsn: required(upTo(50)),
  projectguid: required(FORMATS.guid),
  certnum: required(upTo(30)),
  cancelreason: required(upTo(200)),
  canceldate: required(FORMATS.dt),
}

function cancel(office: Office, sent: Readonly<Record<string, unknown>>): object {
  const params = checked(sent, CANCEL)
  checkCity(params)
  const record = ownCase(office, params)
  if (!isWithdrawable(record)) throw new HallRefusal('当前办件状态不允许撤销')
  operate(
    office,
    record,
    { operation: '61', status: 98 },
    { who: record.params?.['applyername'] ?? '', remarks: params['cancelreason'] ?? '' },
  )
  return { text: '撤销成功', ...answerOf(office, record) }
}

export const applicationRoutes: readonly HallRoute[] = [
  { operation: 'case-init', service: 'project', path: 'zwdtProject/initProject', handle: begin },
  {
    operation: 'case-check',
    service: 'project',
    path: 'zwdtProject/checkAllMaterialIsSubmit',
    handle: check,
  },
  {
    operation: 'case-submit',
    service: 'project',
    path: 'zwdtProject/submitProjectByTaskguid',
    handle: submit,
  },
  { operation: 'case-resubmit', service: 'project', path: 'zwdtProject/resubmitProject', handle: resubmit },
  { operation: 'case-withdraw', service: 'project', path: 'zwdtProject/cancelProject', handle: cancel },
]
