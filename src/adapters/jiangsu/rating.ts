/** 好差评 (contract 4.h): odd capitals kept (trap 1), two scales that run against each other (trap 7), and twelve digits for the city. */
import { GatewayError } from '../../errors.ts'
import type { Rating, RatingChannel, RatingGrade, RatingTag } from '../../schemas/rating.ts'
import { asText, atMost } from '../kit/codecs.ts'
import { codes } from '../kit/codes.ts'
import type { FiledCase, RateCall } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import type { Caller } from './call.ts'
import type { JiangsuConfig } from './config.ts'
import { certnumOf } from './filing.ts'
import { kindOf } from './persons.ts'
import { sm3 } from './sign.ts'

/** 评价等级 (5.13): five is the best. */
export const satisfaction = codes<RatingGrade>('jiangsu/rating', {
  verySatisfied: ['5'],
  satisfied: ['4'],
  fairlySatisfied: ['3'],
  dissatisfied: ['2'],
  veryDissatisfied: ['1'],
})

/** 评价渠道 `pf`: codes for scanned pictures, tablets and terminals are only read; 6, the telephone, is nobody's choice. */
const pf = codes<RatingChannel>('jiangsu/ratingChannel', {
  pc: ['1'],
  mobile: ['2', '3'],
  window: ['5', '4'],
  sms: ['7'],
})

/** What is rated online (101 to 104) and in the hall (201 to 203); what has no code is told in words (5.13). */
export const evalDetail: Readonly<Record<RatingTag, string | undefined>> = {
  slow: '101',
  guideWrong: '102',
  inconvenient: '103',
  platformBad: '104',
  skill: '202',
  attitude: '203',
  other: undefined,
}

/** Codes where there are some, and 其他 before the applicant's own words. */
function reasonsOf({ tags, comment }: Rating) {
  const rest = tags.some((tag) => evalDetail[tag] === undefined) ? ['其他'] : []
  return {
    evalDetail: tags.flatMap((tag) => evalDetail[tag] ?? []).join(','),
    writingEvaluation: atMost([...rest, comment ?? ''].filter((one) => one !== '').join('；'), 500),
  }
}

/** 申请人类型 of the case (5.4) in the national numbers that ratings have: 其他组织 is 9 and not 2 (trap 10). */
const USERPROP: Readonly<Record<string, string>> = { '20': '1', '10': '2', '30': '9' }

/** @param acceptdate 受理时间, or the time of the application where it was never accepted */
function wireOf(filed: FiledCase, rating: Rating, acceptdate: string) {
  const { matter, application } = filed
  const { applicant, agent } = application
  const grade = satisfaction.codeOf(rating.grade)
  const certkey = sm3(Buffer.from(certnumOf(filed)))
  return {
    projectno: filed.caseNumber,
    pf: pf.codeOf(rating.channel),
    satisfaction: grade,
    evaluateLevel: String(6 - Number(grade)),
    assessNumber: String(rating.round),
    ...reasonsOf(rating),
    Areacode: `${filed.division}000000`,
    Taskname: matter.name.zh,
    Taskcode: matter.implementationCode ?? '',
    // The same two numbers as `projecttype`, which knows two more (5.6).
    Promisetime: matter.handling === 'instant' ? '1' : '2',
    Deptcode: matter.agency?.uscc ?? '',
    Prodepart: matter.agency?.name ?? '',
    Userprop: USERPROP[kindOf(applicant, { matter })] ?? '',
    Username: applicant.name,
    Applicant: applicant.name,
    Certkey: certkey,
    Certkeygov: certkey,
    Mobile: applicant.mobile ?? agent?.mobile ?? '',
    Acceptdate: acceptdate,
  }
}

/** The call (h); `undefined` where the configuration has no bus code for it. */
export function ratingCall({ options }: JiangsuConfig, call: Caller): RateCall | undefined {
  const { rating: busCode } = options.busCodes
  if (busCode === undefined) return undefined
  return async (filed, rating, { isRepeated } = {}) => {
    const now = await call.hall('case-query', 'project', 'zwdtProject/getProjectDetail', {
      areacode: filed.division,
      flowsn: filed.caseNumber,
      certnum: certnumOf(filed),
    })
    const acceptdate = asText(isAbsent(now['acceptdate']) ? now['applydate'] : now['acceptdate'])
    try {
      await call.rating(busCode, filed.division, wireOf(filed, rating, acceptdate))
    } catch (error) {
      // What was sent before may have arrived: then Jiangsu has what it was to have (1.5).
      const isThere = error instanceof GatewayError && error.code === 'RATED_ALREADY'
      if (!(isThere && isRepeated)) throw error
    }
  }
}
