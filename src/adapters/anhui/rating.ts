/**
 * 好差评 (contract 4h). Anhui does not count ratings: it takes one for each state that a case is or has been in. The first one is
 * that of the decision; the follow-up is that of the delivery where the case had been delivered by then, else of the step before.
 */
import { GatewayError } from '../../errors.ts'
import type { Rating, RatingChannel, RatingGrade, RatingTag } from '../../schemas/rating.ts'
import { wallClock } from '../kit/clock.ts'
import { asText, atMost, oneOrMany } from '../kit/codecs.ts'
import { codes } from '../kit/codes.ts'
import { objectOf } from '../kit/connect.ts'
import type { FiledCase, RateCall } from '../kit/contract.ts'
import { ROOT } from '../kit/trace.ts'
import { wireOf } from './areas.ts'
import type { Caller } from './call.ts'
import type { AnhuiConfig } from './config.ts'
import { passwordOf, stateOf } from './filing.ts'
import { numberOf } from './persons.ts'

/** 评价等级 `evaluateLevel` (5.10b): A is the best. */
export const evaluateLevel = codes<RatingGrade>('anhui/evaluateLevel', {
  verySatisfied: ['A'],
  satisfied: ['B'],
  fairlySatisfied: ['C'],
  dissatisfied: ['D'],
  veryDissatisfied: ['E'],
})

/** 评价渠道 `evaluateChannel` (5.10b): 微信 is only read, and a link in a text message is opened on a phone. */
const CHANNELS: Readonly<Record<RatingChannel, string>> = {
  pc: 'PC',
  mobile: 'APP',
  window: 'PJQ',
  sms: 'APP',
}

/** Tags are words over there. */
const WORDS: Readonly<Record<RatingTag, string>> = {
  slow: '办事效率低',
  guideWrong: '办事指南不准确',
  inconvenient: '办事不便捷',
  platformBad: '平台操作性差',
  attitude: '服务态度差',
  skill: '服务水平低',
  other: '其他',
}

interface Step {
  readonly state: string
  /** Wall clock, which sorts as text. */
  readonly at: string
}

const DECIDED: ReadonlySet<string> = new Set(['07', '12', '20'])
/** States at which a rating is taken, beside those of a decision. */
const OTHERS: ReadonlySet<string> = new Set(['06', '08', '09', '10', '11', '30'])

/**
 * The step that a rating is about: the same at every attempt, whatever has happened to the case since it was given.
 * @throws GatewayError `STATE_CONFLICT` before a decision; `RATED_ALREADY` for a follow-up where there is no other step to rate
 */
function stepOf(steps: readonly Step[], round: Rating['round'], ratedAt: string): Step {
  const facts = { region: 'anhui', operation: 'rating-push' }
  const decided = steps.findLast(({ state }) => DECIDED.has(state))
  if (!decided) throw new GatewayError('STATE_CONFLICT', facts)
  if (round === 1) return decided
  const other = steps.findLast(({ state, at }) => OTHERS.has(state) && (state !== '30' || at <= ratedAt))
  if (!other) throw new GatewayError('RATED_ALREADY', { ...facts, reason: 'no other step' })
  return other
}

function bodyOf(filed: FiledCase, rating: Rating, steps: readonly Step[]) {
  const { matter, application } = filed
  const ratedAt = wallClock.encode(rating.ratedAt, {}, ROOT)
  const { state, at } = stepOf(steps, rating.round, ratedAt)
  const tags = rating.tags.map((tag) => WORDS[tag])
  return {
    projNo: filed.caseNumber,
    serviceCode: matter.regional?.code ?? matter.id,
    serviceName: matter.name.zh,
    handleStateCode: state,
    evaluateChannel: CHANNELS[rating.channel],
    evaluateLevel: evaluateLevel.codeOf(rating.grade),
    // A bad grade has to have words here: what was ticked is written out where nothing else was said.
    evaluateContent: atMost(rating.comment ?? tags.join('；'), 500),
    evaluateTags: tags,
    applicantName: application.applicant.name,
    applicantCardNumber: numberOf(application.applicant.idDocument),
    regionCode: wireOf(filed.division),
    transactionTime: at,
    // Their clock may be ahead of ours, and nothing is rated before it happened.
    evaluateTime: [at, ratedAt].toSorted().at(-1),
  }
}

/** The call (h); `undefined` where the configuration has not all of its parts. */
export function ratingCall({ options }: AnhuiConfig, call: Caller): RateCall | undefined {
  const { groups, paths, ratingSource: source, ratingVersion: version } = options
  if (!groups.hcp || !paths.hcp || !source || !version) return undefined
  return async (filed, rating, { isRepeated } = {}) => {
    const now = await stateOf(call, filed.caseNumber, passwordOf(filed.handle))
    const steps = oneOrMany<unknown>(now['nodes'])
      .map((node) => objectOf(node))
      .map((node): Step => ({ state: asText(node['handleState']), at: asText(node['startTime']) }))
      .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    try {
      await call.rating({ ...bodyOf(filed, rating, steps), source, version })
    } catch (error) {
      // What was sent before may have arrived: then Anhui has what it was to have.
      const isThere =
        error instanceof GatewayError && error.code === 'RATED_ALREADY' && error.facts['code'] === '07'
      if (!(isThere && isRepeated)) throw error
    }
  }
}
