/** 好差评 (contract 4.8): who rates is named by other members here than where the case is saved (trap 13). */
import { GatewayError } from '../../errors.ts'
import type { RatingChannel, RatingGrade, RatingTag } from '../../schemas/rating.ts'
import { wallClock } from '../kit/clock.ts'
import { codes } from '../kit/codes.ts'
import type { RateCall } from '../kit/contract.ts'
import { ROOT } from '../kit/trace.ts'
import type { Caller } from './call.ts'
import { wordOfApplicant } from './persons.ts'

/** 评价等级. */
export const satisfaction = codes<RatingGrade>('shanghai/satisfaction', {
  verySatisfied: ['非常满意'],
  satisfied: ['满意'],
  fairlySatisfied: ['基本满意'],
  dissatisfied: ['不满意'],
  veryDissatisfied: ['非常不满意'],
})

/** 评价详情: only complaints have a code. */
export const evalDetail = codes<RatingTag>('shanghai/evalDetail', {
  slow: ['11'],
  guideWrong: ['12'],
  inconvenient: ['13'],
  platformBad: ['14'],
  attitude: ['21'],
  skill: ['22'],
  other: ['99'],
})

/** 评价渠道. */
export const channel = codes<RatingChannel>('shanghai/channel', {
  pc: ['pc'],
  mobile: ['移动端'],
  window: ['窗口'],
  sms: ['短信'],
})

/** The call (h). */
export const ratingCall =
  (call: Caller): RateCall =>
  async (filed, rating, { isRepeated } = {}) => {
    const { applicant } = filed.application
    try {
      await call.json('rating-push', '/evaluate/saveEvaluate', {
        applyNo: filed.caseNumber,
        itemCode: filed.matter.regional?.code ?? filed.matter.id,
        itemName: filed.matter.name.zh,
        applicant: applicant.name,
        certificateNo: applicant.idDocument.number,
        applicantType: wordOfApplicant(applicant),
        satisfaction: satisfaction.codeOf(rating.grade),
        evalDetail: rating.tags.map(evalDetail.codeOf).join(','),
        writingEvaluation: rating.comment ?? '',
        channel: channel.codeOf(rating.channel),
        assessTime: wallClock.encode(rating.ratedAt, {}, ROOT),
        assessNumber: rating.round,
        sourceRegion: rating.sourceDivision,
      })
    } catch (error) {
      // What was sent before may have arrived: then Shanghai has what it was to have.
      const isThere = error instanceof GatewayError && error.code === 'RATED_ALREADY'
      if (!(isThere && isRepeated)) throw error
    }
  }
