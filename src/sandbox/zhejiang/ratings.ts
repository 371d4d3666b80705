/** Ratings (contract 4.h): of a case in any state, first and second, each once. */
import { entryOf } from '../entries.ts'
import { MATTERS } from './catalogue.ts'
import { isAreaCode } from './cities.ts'
import type { Office } from './office.ts'
import { BusinessRefusal, badMember } from './refusals.ts'
import { readJson } from './requests.ts'
import { type Call, pathUnder, type Route } from './routes.ts'
import { among, dateTime, emptyOrText, may, need, pattern, record, text } from './shapes.ts'
import type { CaseRecord } from './state.ts'
import { CODES } from './state-machine.ts'

const DETAILS = new Set('501 502 503 401 402 403 301 302 303 201 202 203 101 102 103'.split(' '))

interface Rated {
  readonly projectNo: string
  readonly satisfaction: string
  readonly evalDetail?: string
  readonly writingEvaluation?: string
  readonly assessNumber: string
}

const shape = record({
  areaCode: need(text(undefined, isAreaCode)),
  areaName: need(text(50)),
  deptCode: need(pattern(/^[0-9A-Z]{18}$/)),
  taskCode: need(text()),
  taskName: need(text()),
  subMatter: may(text(200)),
  projectNo: need(text()),
  proStatus: need(among('1', '2', '3')),
  proDepartCode: may(text(100)),
  proDepart: may(text(100)),
  proManager: may(text(100)),
  pf: need(among('1', '2', '3', '4', '5', '6', '7')),
  certkeyGOV: need(text()),
  userName: need(text()),
  userProp: need(among('1', '2')),
  satisfaction: need(among('1', '2', '3', '4', '5')),
  evalDetail: may(emptyOrText(100)),
  writingEvaluation: may(emptyOrText(500)),
  assessTime: need(dateTime),
  assessNumber: need(among('1', '2')),
  appStatus: need(among('01', '02', '03', '04', '05')),
  promiseTime: need(among('1', '2')),
  acceptDate: need(dateTime),
  dataSource: need(among('133')),
})

/** Details that exist, of the grade that was given. */
const areDetails = (joined: string, grade: string): boolean =>
  joined === '' || joined.split(',').every((one) => DETAILS.has(one) && one.startsWith(grade))

/** The members that have to agree with the case, in the order in which they are looked at. */
function agreeing({ areaCode, matterCode, state, applicant, affairType }: CaseRecord) {
  const row = MATTERS.get(matterCode)?.row
  return {
    areaCode,
    deptCode: row?.['OUORGCODE'],
    taskCode: matterCode,
    taskName: row?.['QL_NAME'],
    proStatus: String(CODES[state].proStatus),
    certkeyGOV: applicant.cardNumber,
    userName: applicant.name,
    userProp: applicant.cardType === 'UNIFIED_SOCIAL_ID' ? '2' : '1',
    promiseTime: affairType === '1' ? '2' : '1',
  }
}

function rate(office: Office, call: Call): unknown {
  const body = readJson<Rated & Readonly<Record<string, string>>>(call, shape)
  const { projectNo, satisfaction, evalDetail = '', writingEvaluation = '', assessNumber } = body
  if (!areDetails(evalDetail, satisfaction)) throw badMember('evalDetail')
  if (['1', '2'].includes(satisfaction) && evalDetail === '' && writingEvaluation === '')
    throw new BusinessRefusal('C-EVAL-REASON-REQUIRED')
  const found = entryOf(office.state.cases, projectNo)
  if (found === undefined) throw new BusinessRefusal('C-AFFAIR-PROJ-NOT-EXIST')
  const { ratings } = office.state
  const key = `${projectNo}/${assessNumber}`
  if (Object.hasOwn(ratings, key)) throw new BusinessRefusal('C-EVAL-DUPLICATE')
  if (assessNumber === '2' && !Object.hasOwn(ratings, `${projectNo}/1`))
    throw new BusinessRefusal('C-AFFAIR-STATE-CONFLICT')
  for (const [name, value] of Object.entries(agreeing(found))) if (body[name] !== value) throw badMember(name)
  ratings[key] = satisfaction
  return { projectNo, assessNumber }
}

/** The operation of the ratings. */
export const ratingRoutes = (office: Office): readonly Route[] => [
  {
    operation: 'rating-push',
    method: 'POST',
    path: pathUnder(office.config, 'rating', '/zwztapi/offlinereport.do'),
    handler: { kind: 'business', answer: (call) => rate(office, call) },
  },
]
