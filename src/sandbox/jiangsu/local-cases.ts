/** The case of each city's resident, over and delivered long before the gateway sends any. */
import { MATTERS_BY_CITY } from './catalogue.ts'
import { guidOf, type Office, personKey } from './office.ts'
import { LOCALS } from './persons.ts'
import { type CaseRecord, emptyCase } from './state.ts'
import { operate } from './steps.ts'
import { instantOf } from './times.ts'

const FILED_AT = '2024-05-20 10:00:00'
/** 出具贷款职工住房公积金缴存使用证明: every city offers it, and it needs no paper. */
const MATTER = '322015013000'
const CERTTYPE = '22'

/** From its filing to its delivery: operations with the status after each (contract 5.2). */
const STEPS: readonly (readonly [operation: string, status: number])[] = [
  ['12', 12],
  ['10', 16],
  ['21', 26],
  ['23', 30],
  ['50', 50],
  ['60', 90],
  ['80', 90],
]

/** Files them, at a time of their own: their numbers are those of that day. */
export function fileLocalCases(office: Office): void {
  const then: Office = { ...office, world: { ...office.world, now: () => new Date(instantOf(FILED_AT)) } }
  for (const [place, { name, certnum, areacode }] of LOCALS.entries()) {
    const matter = MATTERS_BY_CITY.get(areacode)?.find(({ catalogcode }) => catalogcode === MATTER)
    if (!matter) throw new Error(`The city ${areacode} does not offer the matter of its resident's case.`)
    const projectguid = guidOf(`local case ${areacode}`)
    const record: CaseRecord = {
      ...emptyCase({
        projectguid,
        areacode,
        taskguid: matter.taskguid,
        sourceareacode: areacode,
        sourceprojectno: `LOCAL${areacode}`,
      }),
      flowsn: `JSSZ20240520${String(place + 1).padStart(6, '0')}`,
      params: { applyername: name, certtype: CERTTYPE, certnum, projectname: `${name}${matter.taskname}` },
    }
    for (const [operation, status] of STEPS)
      operate(
        then,
        record,
        { operation, status },
        { who: operation === '12' ? name : '示例经办人', remarks: '' },
      )
    office.state.cases[projectguid] = record
    office.state.byNumber[record.flowsn] = projectguid
    office.state.byPerson[personKey(areacode, CERTTYPE, certnum)] = [projectguid]
  }
}
