import { oneOf, upTo } from './formats.ts'
import { receiptOf } from './numbers.ts'
import { caseOf, nowOf, type Office } from './office.ts'
import { BadMember, CaseRefusal } from './refusals.ts'
import type { CaseAnswer, Route } from './routes.ts'
import { must, readBlocks, readLeaves, readXml } from './shapes.ts'
import { WITHDRAWABLE } from './state-machine.ts'
import { enterState } from './steps.ts'
import { isDateTime } from './times.ts'

function withdraw(office: Office, fields: ReadonlyMap<string, string>): CaseAnswer {
  const { caller, issue, belongSystem } = office.config.options
  const root = readXml(fields, 'apasRegnfoXml', 'RECORD')
  for (const name of ['attrXml', 'formXml']) if (fields.get(name)) throw new BadMember(name)
  const { CALLINFO, SERVICEINFO } = readBlocks(root, ['CALLINFO', 'SERVICEINFO'])
  readLeaves(CALLINFO, { CALLER: must(oneOf(caller)), CALLTIME: must(isDateTime), ISSUE: must(oneOf(issue)) })
  const asked = readLeaves(SERVICEINFO, {
    UNID: must(),
    PROJID: must(),
    PROJPWD: must(),
    SERVICECODE: must(),
    AREACODE: must(),
    handleState: must(oneOf('22')),
    dataState: must(oneOf('0')),
    BELONGSYSTEM: must(oneOf(belongSystem)),
    REASON: must(upTo(200)),
  })
  const record = caseOf(office, asked.PROJID)
  if (record === undefined || record.unid !== asked.UNID) throw new CaseRefusal('05')
  if (record.projpwd !== asked.PROJPWD) throw new CaseRefusal('03')
  if (record.serviceCode !== asked.SERVICECODE) throw new BadMember('SERVICECODE')
  if (record.areaCode !== asked.AREACODE) throw new BadMember('AREACODE')
  if (!WITHDRAWABLE.has(record.state)) {
    throw new CaseRefusal('06', { projid: record.projid, handleState: record.state })
  }
  enterState(record, '22', { userName: record.applicant.name, opinion: asked.REASON }, nowOf(office))
  return { resultmsg: '撤回成功', data: { ...receiptOf(office, record), handleState: '22' } }
}

/** Withdrawal by the gateway (contract 4l). No callback is sent for it. */
export function withdrawalRoutes(office: Office): readonly Route[] {
  return [
    {
      operation: 'case-withdraw',
      method: 'POST',
      group: 'case',
      tail: '/apasRegInfo',
      style: 'form',
      fields: ['apasRegnfoXml', 'attrXml', 'formXml'],
      answer: (fields) => withdraw(office, fields),
    },
  ]
}
