import { MATTERS } from './catalogue.ts'
import { keepDocument } from './file-store.ts'
import { fileCase, newPassword, nextNumber, type Office } from './office.ts'
import { LOCALS, PERSONS } from './persons.ts'
import type { CaseRecord } from './state.ts'
import type { State } from './state-machine.ts'
import { enterState } from './steps.ts'
import { instantOf } from './times.ts'

/** The three cases that 测试甲 made on the Zhejiang site (contract section 8). */
const SITE_CASES: readonly {
  readonly areaCode: string
  readonly matter: string
  readonly gmtApply: string
  readonly states: readonly State[]
}[] = [
  { areaCode: '330101', matter: '99007', gmtApply: '2024-06-03 10:00:00', states: ['DRAFT'] },
  {
    areaCode: '330201',
    matter: '99002',
    gmtApply: '2024-06-02 10:00:00',
    states: ['SUBMITTED', 'RECEIVED', 'ACCEPTED', 'IN_REVIEW'],
  },
  {
    areaCode: '330101',
    matter: '99013',
    gmtApply: '2024-06-01 10:00:00',
    states: ['SUBMITTED', 'RECEIVED', 'ACCEPTED', 'IN_REVIEW', 'APPROVED', 'COMPLETED', 'DELIVERED'],
  },
]

const MINUTE_MS = 60_000

/** Files the cases that exist before the gateway sends any. */
export function fileSiteCases(office: Office): void {
  const person = PERSONS.find(({ name }) => name === '测试甲')
  if (person === undefined) throw new Error('The test person of the site cases is not in the catalogue.')
  for (const one of SITE_CASES) {
    const projId = nextNumber(office, one.areaCode, instantOf('2024-06-01 08:00:00'))
    fileSiteCase(office, person, one, { projId, sequence: office.state.sequence })
  }
  // Numbers of the year before, so that those which the gateway takes begin where the contract's samples do.
  for (const [place, local] of LOCALS.entries()) {
    const areaCode = `${local.division.slice(0, 4)}01`
    const projId = `${areaCode}230601${String(place + 1).padStart(9, '0')}`
    fileSiteCase(office, local, { ...LOCAL_CASE, areaCode }, { projId, sequence: place + 1 })
  }
}

/** The case of each area's resident, long over. */
const LOCAL_CASE = {
  matter: '99007',
  gmtApply: '2023-06-01 10:00:00',
  states: ['SUBMITTED', 'RECEIVED', 'ACCEPTED', 'IN_REVIEW', 'APPROVED', 'COMPLETED'],
} as const

function fileSiteCase(
  office: Office,
  person: { readonly name: string; readonly idNumber: string },
  { areaCode, matter, gmtApply, states }: (typeof SITE_CASES)[number],
  { projId, sequence }: { readonly projId: string; readonly sequence: number },
): void {
  const matterCode = `${areaCode}000000000${matter}`
  const row = MATTERS.get(matterCode)?.row
  const record: CaseRecord = {
    projId,
    projPwd: newPassword(),
    sequence,
    areaCode,
    matterCode,
    projectName: `关于${person.name}的${row?.['QL_NAME'] ?? ''}`,
    affairType: row?.['BJTYPE'] ?? '',
    applicant: { name: person.name, cardType: 'ID_CARD', cardNumber: person.idNumber },
    bodyDigest: '',
    recvUserName: person.name,
    recvUserId: 'zj-site',
    gmtApply,
    state: 'DRAFT',
    gmtUpdate: '',
    denied: false,
    events: 0,
    corrections: 0,
    answered: {},
    steps: [],
    materials: [],
    form: {},
    files: 0,
    results: [],
  }
  for (const [index, state] of states.entries()) {
    const isOwn = state === 'DRAFT' || state === 'SUBMITTED'
    const by = isOwn
      ? { operatorName: person.name, operatorUid: 'zj-site', opinion: '' }
      : { operatorName: '测试经办人', operatorUid: 'op-0001', opinion: '' }
    enterState(record, state, by, instantOf(gmtApply) + index * MINUTE_MS)
  }
  if (states.includes('COMPLETED')) {
    const title = `${row?.['QL_NAME'] ?? ''}结果.pdf`
    record.results.push(keepDocument(office, record, title, `RESULT DOCUMENT ${projId}`))
  }
  fileCase(office, record)
}
