import { MATTERS } from './catalogue.ts'
import { isAreaCode } from './cities.ts'
import { isHex32, oneOf } from './formats.ts'
import { extras } from './freedoms.ts'
import { caseOfUnid, dropLapsed, newPassword, nextNumber, nowOf, type Office } from './office.ts'
import { BadMember, CaseRefusal } from './refusals.ts'
import type { CaseAnswer, Route } from './routes.ts'
import { may, must, readBlocks, readLeaves, readXml } from './shapes.ts'
import type { CaseRecord } from './state.ts'
import { isDateTime } from './times.ts'

/** `data` of `take-number`, `apply-submit` and `case-withdraw` (contract 4b, 4l). */
export function receiptOf(office: Office, { unid, serviceCode, projid, projpwd }: CaseRecord) {
  return { errorCode: '', errorMsg: '', unid, sc: serviceCode, projid, projpwd, ...extras(office) }
}

/** A number that nothing is known of yet but its matter. */
export function emptyCase(
  taken: Pick<CaseRecord, 'projid' | 'projpwd' | 'unid' | 'areaCode' | 'serviceCode' | 'takenAt'>,
): CaseRecord {
  return {
    ...taken,
    state: '00',
    version: '',
    projectName: '',
    applicant: { name: '', cardType: '', cardNumber: '' },
    callbackUrl: '',
    applyTime: '',
    acceptTime: '',
    promiseEtime: '',
    transactTime: '',
    transactResult: '',
    transactResultCode: '',
    resultCode: '',
    steps: [],
    uploaded: [],
    files: [],
  }
}

function takeNumber(office: Office, fields: ReadonlyMap<string, string>): CaseAnswer {
  const { caller, issue, belongSystem } = office.config.options
  const root = readXml(fields, 'projIdFeedbackXml', 'RECORD')
  const { CALLINFO, SERVICEINFO } = readBlocks(root, ['CALLINFO', 'SERVICEINFO'])
  readLeaves(CALLINFO, { CALLER: must(oneOf(caller)), CALLTIME: must(isDateTime), ISSUE: must(oneOf(issue)) })
  const asked = readLeaves(SERVICEINFO, {
    UNID: must(isHex32),
    PROJID: may(() => false),
    SERVICECODE: must(),
    AREACODE: must(isAreaCode),
    BELONGSYSTEM: must(oneOf(belongSystem)),
  })
  dropLapsed(office)
  const known = caseOfUnid(office, asked.UNID)
  const matter = MATTERS.get(asked.SERVICECODE)
  // A repetition gets its number back even when the matter is no longer in use.
  const isRepetition = known?.serviceCode === asked.SERVICECODE
  if (matter === undefined || (matter.state !== '1' && !isRepetition)) throw new CaseRefusal('04')
  if (matter.areaCode !== asked.AREACODE) throw new BadMember('AREACODE')
  if (known !== undefined && !isRepetition) throw new BadMember('UNID')
  const record = known ?? issueNumber(office, asked.UNID, matter.sc, matter.city.division)
  return { resultmsg: '取号成功', data: receiptOf(office, record) }
}

function issueNumber(office: Office, unid: string, serviceCode: string, division: string): CaseRecord {
  const takenAt = nowOf(office)
  const projid = nextNumber(office, division, takenAt)
  const projpwd = newPassword(projid)
  const areaCode = `${division}000000`
  const record = emptyCase({ projid, projpwd, unid, areaCode, serviceCode, takenAt })
  office.state.cases[projid] = record
  office.state.caseByUnid[unid] = projid
  office.state.drafts.push(projid)
  return record
}

/** Taking a number (contract 4b). */
export function numberRoutes(office: Office): readonly Route[] {
  return [
    {
      operation: 'take-number',
      method: 'POST',
      group: 'case',
      tail: '/projIdFeedback',
      style: 'form',
      fields: ['projIdFeedbackXml'],
      answer: (fields) => takeNumber(office, fields),
    },
  ]
}
