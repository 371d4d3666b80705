/** 好差评 (contract 4.h): every value is a string, and what is rated is compared with the case as it is now. */
import { GatewayError } from '../../errors.ts'
import { CITIES } from '../../schemas/division.ts'
import type { Rating, RatingChannel, RatingGrade, RatingTag } from '../../schemas/rating.ts'
import { wallClock } from '../kit/clock.ts'
import { asText, atMost } from '../kit/codecs.ts'
import { codes } from '../kit/codes.ts'
import type { FiledCase, RateCall } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { ROOT } from '../kit/trace.ts'
import { wireOf } from './areas.ts'
import type { Caller } from './call.ts'
import type { ZhejiangConfig } from './config.ts'
import { statusOf } from './handle.ts'

/** 评价等级 (5.15): five is the best. */
export const satisfaction = codes<RatingGrade>('zhejiang/rating', {
  verySatisfied: ['5'],
  satisfied: ['4'],
  fairlySatisfied: ['3'],
  dissatisfied: ['2'],
  veryDissatisfied: ['1'],
})

/** 评价渠道 `pf` (5.19): a code for a scanned picture, a tablet or a terminal is only read, and 7 is nobody's choice. */
export const ratingChannel = codes<RatingChannel>('zhejiang/ratingChannel', {
  pc: ['1'],
  mobile: ['2', '3'],
  window: ['4', '5'],
  sms: ['6'],
})

/** Each detail belongs to one grade (5.16); what has no code with the grade that was given is told in words. */
const DETAILS: Readonly<Partial<Record<RatingGrade, Readonly<Partial<Record<RatingTag, string>>>>>> = {
  fairlySatisfied: { guideWrong: '301', slow: '302', platformBad: '303' },
  dissatisfied: { guideWrong: '201', slow: '202', inconvenient: '203' },
  veryDissatisfied: { slow: '102', attitude: '103' },
}
const WORDS: Readonly<Record<RatingTag, string>> = {
  slow: '办事效率低',
  guideWrong: '办事指南不准确',
  inconvenient: '办事不便捷',
  platformBad: '平台操作性差',
  attitude: '服务态度差',
  skill: '服务水平低',
  other: '其他',
}

/** Codes where there are some, and the rest before the applicant's own words. */
function reasonsOf({ grade, tags, comment }: Rating) {
  const known = DETAILS[grade] ?? {}
  const rest = tags.filter((tag) => known[tag] === undefined).map((tag) => WORDS[tag])
  return {
    evalDetail: tags.flatMap((tag) => known[tag] ?? []).join(','),
    writingEvaluation: atMost([...rest, comment ?? ''].filter((one) => one !== '').join('；'), 500),
  }
}

/** The call (h); `undefined` where the configuration has no code for its group. */
export function ratingCall({ options }: ZhejiangConfig, call: Caller): RateCall | undefined {
  if (options.icCodes.rating === undefined) return undefined
  const told = (filed: FiledCase, rating: Rating, now: Readonly<Record<string, unknown>>) => ({
    areaCode: wireOf(filed.division, options),
    areaName: `${CITIES.find(({ division }) => division === filed.division)?.zh ?? ''}市`,
    deptCode: filed.matter.agency?.uscc ?? '',
    taskCode: filed.matter.regional?.code ?? filed.matter.id,
    taskName: filed.matter.name.zh,
    projectNo: filed.caseNumber,
    proStatus: asText(now['proStatus']),
    pf: ratingChannel.codeOf(rating.channel),
    certkeyGOV: filed.application.applicant.idDocument.number,
    userName: filed.application.applicant.name,
    userProp: filed.application.applicant.kind === 'person' ? '1' : '2',
    satisfaction: satisfaction.codeOf(rating.grade),
    ...reasonsOf(rating),
    assessTime: wallClock.encode(rating.ratedAt, {}, ROOT),
    assessNumber: String(rating.round),
    appStatus: asText(now['phaseCode']),
    // The opposite of `affairType`: 即办 is 2 here (trap 6).
    promiseTime: filed.matter.handling === 'instant' ? '2' : '1',
    acceptDate: asText(isAbsent(now['gmtAccept']) ? now['gmtApply'] : now['gmtAccept']),
    dataSource: options.ratingDataSource ?? '133',
  })
  return async (filed, rating, { isRepeated } = {}) => {
    const body = told(filed, rating, await statusOf(call, filed.handle))
    try {
      await call.json('rating-push', 'rating', '/zwztapi/offlinereport.do', body)
    } catch (error) {
      // What was sent before may have arrived: then Zhejiang has what it was to have.
      const isThere = error instanceof GatewayError && error.code === 'RATED_ALREADY'
      if (!(isThere && isRepeated)) throw error
    }
  }
}
