/** Ratings (contract 4.h): of a concluded case, in members that are compared with the case and its matter, each number once. */
import { matterOf } from './catalogue.ts'
import { isCity } from './cities.ts'
import { checkedAll, FORMATS, type Members, optional, type Params, required, upTo } from './members.ts'
import { caseByNumber, type Office } from './office.ts'
import { badFormat, HallRefusal, notFound } from './refusals.ts'
import type { HallRoute } from './routes.ts'
import type { CaseRecord } from './state.ts'
import { sm3 } from './steps.ts'

const DETAILS = new Set(['101', '102', '103', '104', '201', '202', '203'])
const HEX = /^[0-9a-f]{64}$/

const MEMBERS: Members = {
  projectno: required(upTo(50)),
  pf: required(/^[1-7]$/),
  satisfaction: required(/^[1-5]$/),
  evaluateLevel: required(/^[1-5]$/),
  assessNumber: required(/^[1-9]$/),
  evalDetail: optional((text) => text.split(',').every((one) => DETAILS.has(one))),
  writingEvaluation: optional(upTo(500)),
  Areacode: required(/^\d{12}$/),
  Taskname: required(upTo(200)),
  Taskcode: required(/^.{31}$/u),
  Promisetime: required(/^[12]$/),
  Deptcode: required(/^[0-9A-Z]{18}$/),
  Prodepart: required(upTo(200)),
  Userprop: required(/^[129]$/),
  Username: required(upTo(100)),
  Applicant: required(upTo(100)),
  Certkey: required(HEX),
  Certkeygov: required(HEX),
  Mobile: required(FORMATS.mobile),
  Acceptdate: required(FORMATS.dt),
}

/** The national code of an applicant's kind, beside the hall's own (trap 10). */
const USERPROP: Readonly<Record<string, string>> = { '20': '1', '10': '2', '30': '9' }
const CONCLUDED: ReadonlySet<number> = new Set([40, 90, 97])

/** Members that have to agree with the case and its matter. */
function agreeing({ taskguid, params }: CaseRecord): Params {
  const { taskcode, deptcode, projecttype } = matterOf(taskguid)
  return {
    Taskcode: taskcode,
    Deptcode: deptcode,
    Promisetime: projecttype === '1' ? '1' : '2',
    Userprop: USERPROP[params?.['applyertype'] ?? ''] ?? '',
    Applicant: params?.['applyername'] ?? '',
    Certkey: sm3(Buffer.from(params?.['certnum'] ?? '')),
  }
}

function rate(office: Office, sent: Readonly<Record<string, unknown>>): object {
  const params = checkedAll(sent, MEMBERS)
  const { projectno = '', satisfaction = '', assessNumber = '', Areacode = '' } = params
  if (params['evaluateLevel'] !== String(6 - Number(satisfaction))) throw badFormat('evaluateLevel')
  if (params['Certkeygov'] !== params['Certkey']) throw badFormat('Certkeygov')
  const areacode = Areacode.slice(0, 6)
  if (!isCity(areacode) || !Areacode.endsWith('000000')) throw new HallRefusal('区划代码不存在')
  const found = caseByNumber(office, areacode, projectno)
  if (!found) throw notFound()
  for (const [name, value] of Object.entries(agreeing(found)))
    if (params[name] !== value) throw badFormat(name)
  if (!CONCLUDED.has(found.status)) throw new HallRefusal('办件未办结，不能评价')
  const isBad = satisfaction === '1' || satisfaction === '2'
  if (isBad && params['evalDetail'] === '' && params['writingEvaluation'] === '')
    throw new HallRefusal('差评必须勾选详情或填写文字评价')
  const key = `${projectno}/${assessNumber}`
  if (Object.hasOwn(office.state.ratings, key)) throw new HallRefusal('评价数据不可重复')
  office.state.ratings[key] = satisfaction
  return { text: '评价成功' }
}

export const ratingRoutes: readonly HallRoute[] = [
  { operation: 'rating-push', service: 'rating', path: 'hcp/saveEvaluate', handle: rate },
]
