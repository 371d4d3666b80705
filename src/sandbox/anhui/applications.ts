import { type Application, readApplication, type ServiceInfo } from './application-shapes.ts'
import { MATTERS, type Matter } from './catalogue.ts'
import { checkContent } from './cross-checks.ts'
import { receiptOf } from './numbers.ts'
import { caseOfUnid, listUnderApplicant, nowOf, type Office, unlistUnderApplicant } from './office.ts'
import { BadMember, CaseRefusal } from './refusals.ts'
import type { CaseAnswer, Route } from './routes.ts'
import type { CaseRecord } from './state.ts'
import { RESUBMITTABLE } from './state-machine.ts'
import { enterState } from './steps.ts'

/** The matter in a version that may be applied for now, else `04` (contract 4b). */
function currentMatter(record: CaseRecord, info: ServiceInfo): Matter {
  const matter = MATTERS.get(info.SERVICECODE)
  if (matter === undefined) throw new CaseRefusal('04')
  const isFirst = record.state === '00'
  const isVersionKnown =
    info.SERVICEVERSION === matter.serviceVersion || (!isFirst && info.SERVICEVERSION === record.version)
  // After the first registration the matter need not be in use any more.
  if (!isVersionKnown || (isFirst && matter.state !== '1')) throw new CaseRefusal('04')
  return matter
}

function duplicateOf({ unid, serviceCode, projid, projpwd }: CaseRecord): CaseRefusal {
  const message = 'UNID重复'
  return new CaseRefusal('07', {
    errorCode: '07',
    errorMsg: message,
    unid,
    sc: serviceCode,
    projid,
    projpwd,
  })
}

function submit(office: Office, fields: ReadonlyMap<string, string>): CaseAnswer {
  const application = readApplication(office, fields)
  const { info } = application
  const record = caseOfUnid(office, info.UNID)
  if (record === undefined) throw new BadMember('UNID')
  const matter = currentMatter(record, info)
  if (info.PROJID !== '' && info.PROJID !== record.projid) throw new CaseRefusal('05')
  if (info.PROJPWD !== record.projpwd) throw new CaseRefusal('03')
  if (record.state !== '00' && !RESUBMITTABLE.has(record.state)) throw duplicateOf(record)
  checkContent(office, record, matter, application)
  register(office, record, application)
  return { resultmsg: '登记成功', data: receiptOf(office, record) }
}

/** Registers the first application or the corrected one: from `05` the case goes to `04`, otherwise to `01`. */
function register(office: Office, record: CaseRecord, application: Application): void {
  const { info, materials } = application
  const isFirst = record.state === '00'
  if (!isFirst) unlistUnderApplicant(office, record)
  record.version = info.SERVICEVERSION
  record.projectName = info.PROJECTNAME
  record.applicant = {
    name: info.APPLYNAME,
    cardType: info.APPLY_CARDTYPE,
    cardNumber: info.APPLY_CARDNUMBER,
  }
  record.callbackUrl = application.callbackUrl
  record.uploaded = materials.filter(({ files }) => files.length > 0).map(({ ATTRID }) => ATTRID)
  if (isFirst) record.applyTime = application.callTime
  const next = record.state === '05' ? '04' : '01'
  const opinion = isFirst ? '网上申报' : '修改后重新提交'
  enterState(record, next, { userName: info.APPLYNAME, opinion }, nowOf(office))
  listUnderApplicant(office, record)
}

/** Submission and resubmission (contract 4b). */
export function applicationRoutes(office: Office): readonly Route[] {
  return [
    {
      operation: 'apply-submit',
      method: 'POST',
      group: 'case',
      tail: '/apasInfo',
      style: 'form',
      fields: ['apasInfoXml', 'attrXml', 'formXml'],
      answer: (fields) => submit(office, fields),
    },
  ]
}
