import { matterOf } from './catalogue.ts'
import { clerkStep } from './clerks.ts'
import { emptyCase } from './numbers.ts'
import { listUnderApplicant, nextNumber, type Office } from './office.ts'
import { LOCALS, PERSONS } from './persons.ts'
import type { State } from './state-machine.ts'
import { enterState } from './steps.ts'
import { HOUR_MS, instantOf } from './times.ts'

/** The cases that 测试甲 made on the platform's own site: they are listed, but have no password (contract 4j). */
const SITE_CASES: readonly {
  readonly serviceCode: string
  readonly applyTime: string
  readonly states: readonly State[]
}[] = [
  { serviceCode: '3401000000000099901', applyTime: '2024-03-11 09:30:00', states: ['04', '07'] },
  { serviceCode: '3401000000000099908', applyTime: '2024-06-05 14:00:00', states: ['04', '06', '08'] },
  {
    serviceCode: '3401000000000099906',
    applyTime: '2024-09-20 10:00:00',
    states: ['03', '04', '06', '11', '20', '30'],
  },
]

/** The case of each city's resident, in review for long. */
const LOCAL_CASE = {
  number: '99906',
  applyTime: '2024-05-20 10:00:00',
  states: ['03', '04', '06', '08'],
} as const

/** Files the cases that exist before the gateway sends any. */
export function fileSiteCases(office: Office): void {
  const person = PERSONS.find(({ name }) => name === '测试甲')
  if (person === undefined) throw new Error('The test person of the site cases is not in the catalogue.')
  for (const one of SITE_CASES) fileSiteCase(office, person, one)
  for (const { name, credentNo, regionCode } of LOCALS)
    fileSiteCase(
      office,
      { name, idNumber: credentNo },
      { ...LOCAL_CASE, serviceCode: `${regionCode.slice(0, 6)}00000000${LOCAL_CASE.number}` },
    )
}

function fileSiteCase(
  office: Office,
  person: { readonly name: string; readonly idNumber: string },
  { serviceCode, applyTime, states }: (typeof SITE_CASES)[number],
): void {
  const matter = matterOf(serviceCode)
  const takenAt = instantOf(applyTime)
  const projid = nextNumber(office, matter.city.division, takenAt)
  const { areaCode } = matter
  const record = emptyCase({ projid, projpwd: '', unid: '', areaCode, serviceCode, takenAt })
  record.version = matter.serviceVersion
  record.projectName = `关于${person.name}的${matter.serviceName}`
  record.applicant = { name: person.name, cardType: '10', cardNumber: person.idNumber }
  record.applyTime = applyTime
  enterState(record, '01', { userName: person.name, opinion: '网上申报' }, takenAt)
  for (const [place, state] of states.entries()) {
    clerkStep(office, record, state, '', takenAt + (place + 1) * HOUR_MS)
  }
  office.state.cases[projid] = record
  listUnderApplicant(office, record)
}
