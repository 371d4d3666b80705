/** Ratings (contract 4h): one for each state from acceptance on that a case is or has been in. */

import { matterOf } from './catalogue.ts'
import { oneOf, upTo } from './formats.ts'
import { caseOf, type Office, randomHex } from './office.ts'
import { BadMember, CaseRefusal } from './refusals.ts'
import type { CaseAnswer, Route } from './routes.ts'
import { type JsonObject, may, must, type Rule, refuseUnknown, textMember } from './shapes.ts'
import { STATES } from './state-machine.ts'
import { isDateTime } from './times.ts'

const RATEABLE = new Set(['06', '07', '08', '09', '10', '11', '12', '20', '21', '22', '30'])

const rulesOf = ({ config: { options } }: Office) =>
  ({
    projNo: must(),
    serviceCode: must(),
    serviceName: must(),
    handleStateCode: must((code) => Object.hasOwn(STATES, code)),
    evaluateChannel: must(oneOf('WX', 'PC', 'APP', 'PJQ')),
    evaluateLevel: must(oneOf('A', 'B', 'C', 'D', 'E')),
    evaluateContent: may(upTo(500)),
    applicantName: must(),
    applicantCardNumber: must(),
    regionCode: must(),
    transactionTime: must(isDateTime),
    evaluateTime: must(isDateTime),
    source: must(oneOf(options.ratingSource)),
    version: must(oneOf(options.ratingVersion)),
  }) satisfies Readonly<Record<string, Rule>>

const isTag = (tag: unknown): boolean => typeof tag === 'string' && tag !== '' && upTo(20)(tag)
const areTags = (value: unknown): boolean => Array.isArray(value) && value.length <= 10 && value.every(isTag)

function read(office: Office, body: JsonObject) {
  const rules = rulesOf(office)
  const text = (name: keyof typeof rules): string => textMember(body, name, rules[name])
  const level = text('evaluateLevel')
  const asked = {
    projNo: text('projNo'),
    serviceCode: text('serviceCode'),
    serviceName: text('serviceName'),
    state: text('handleStateCode'),
    applicantName: text('applicantName'),
    applicantCardNumber: text('applicantCardNumber'),
    regionCode: text('regionCode'),
  }
  for (const name of ['evaluateChannel', 'source', 'version'] as const) text(name)
  const isBad = level === 'D' || level === 'E'
  if (text('evaluateContent') === '' && isBad) throw new BadMember('evaluateContent')
  if (!areTags(body['evaluateTags'])) throw new BadMember('evaluateTags')
  // Wall clocks of one form sort as they follow each other.
  if (text('evaluateTime') < text('transactionTime')) throw new BadMember('evaluateTime')
  refuseUnknown(body, [...Object.keys(rules), 'evaluateTags'])
  return asked
}

function rate(office: Office, body: JsonObject): CaseAnswer {
  const asked = read(office, body)
  const record = caseOf(office, asked.projNo)
  if (record === undefined || record.state === '00') throw new CaseRefusal('05')
  if (asked.serviceCode !== record.serviceCode) throw new BadMember('serviceCode')
  if (asked.serviceName !== matterOf(record.serviceCode).serviceName) throw new BadMember('serviceName')
  if (asked.regionCode !== record.areaCode) throw new BadMember('regionCode')
  const { name, cardNumber } = record.applicant
  if (asked.applicantName !== name || asked.applicantCardNumber !== cardNumber) throw new CaseRefusal('03')
  const { projid: projNo } = record
  const wasThere = record.steps.some(({ state }) => state === asked.state)
  if (!RATEABLE.has(asked.state) || !wasThere)
    throw new CaseRefusal('06', { projid: projNo, handleState: record.state })
  const key = `${projNo}/${asked.state}`
  const { ratings } = office.state
  const first = ratings[key]
  if (first !== undefined) throw new CaseRefusal('07', { projNo, evaluateId: first })
  const evaluateId = randomHex(16)
  ratings[key] = evaluateId
  return { resultmsg: '评价成功', data: { projNo, evaluateId } }
}

export const ratingRoutes = (office: Office): readonly Route[] => [
  {
    operation: 'rating-push',
    method: 'POST',
    group: 'hcp',
    tail: '/evaluate',
    style: 'json',
    answer: (body) => rate(office, body),
  },
]
