/** 好差评 of a case, GB/T 39735-2020: five grades in words, since regions count them from either end. */

import { type Static, Type } from 'typebox'
import { DATE_TIME, DIVISION, text, word } from './common.ts'

/** 非常满意, 满意, 基本满意, 不满意, 非常不满意: best first. */
export const GRADES = [
  'verySatisfied',
  'satisfied',
  'fairlySatisfied',
  'dissatisfied',
  'veryDissatisfied',
] as const
export type RatingGrade = (typeof GRADES)[number]

/** Where the rating is given: 电脑端, 移动端, 窗口, 短信. */
const CHANNELS = ['pc', 'mobile', 'window', 'sms'] as const
export type RatingChannel = (typeof CHANNELS)[number]

/** What is ticked: 办事效率低, 办事指南不准确, 办事不便捷, 平台操作性差, 服务态度差, 服务水平低, 其他. */
export const TAGS = [
  'slow',
  'guideWrong',
  'inconvenient',
  'platformBad',
  'attitude',
  'skill',
  'other',
] as const
export type RatingTag = (typeof TAGS)[number]

/** One rating. The two worst grades need a tag or a comment: `needsReason` tells. */
export const Rating = Type.Object(
  {
    grade: word(GRADES),
    tags: Type.Array(word(TAGS), { maxItems: TAGS.length, uniqueItems: true }),
    comment: Type.Union([text(500, 0), Type.Null()]),
    channel: word(CHANNELS),
    ratedAt: DATE_TIME,
    /** 1 is the first (评价), 2 the follow-up (追评). */
    round: Type.Union([Type.Literal(1), Type.Literal(2)]),
    /** Six digits: where the applicant was served. */
    sourceDivision: DIVISION,
  },
  { additionalProperties: false },
)
export type Rating = Static<typeof Rating>

/** What an applicant sends: the gateway knows the rest. Round 1 unless told. */
export const RatingRequest = Type.Object(
  {
    grade: word(GRADES),
    tags: Type.Optional(Rating.properties.tags),
    comment: Type.Optional(Rating.properties.comment),
    channel: Type.Optional(Rating.properties.channel),
    round: Type.Optional(Rating.properties.round),
  },
  { additionalProperties: false },
)
export type RatingRequest = Static<typeof RatingRequest>

/**
 * How a rating stands: on its way, told to the region, refused by it, or kept here alone because the region takes none
 * (`notOffered`). `refusal` is the problem code.
 */
export const CaseRating = Type.Object(
  {
    round: Rating.properties.round,
    grade: word(GRADES),
    ratedAt: DATE_TIME,
    state: word(['sending', 'told', 'refused', 'notOffered']),
    /** When the region had it. */
    toldAt: Type.Optional(DATE_TIME),
    refusal: Type.Optional(text(60)),
  },
  { additionalProperties: false },
)
export type CaseRating = Static<typeof CaseRating>

/** A rating as its applicant sees it again. */
export const GivenRating = Type.Object(
  { ...CaseRating.properties, tags: Rating.properties.tags, comment: Rating.properties.comment },
  { additionalProperties: false },
)
export type GivenRating = Static<typeof GivenRating>

/**
 * The ratings of a case, first one first. No contract brings the department's reply (回复) back, so none is here. `next` is the round that may be given now; null where
 * none may.
 */
export const CaseRatings = Type.Object(
  {
    caseId: text(40),
    items: Type.Array(GivenRating, { maxItems: 2 }),
    next: Type.Union([Rating.properties.round, Type.Null()]),
  },
  { additionalProperties: false },
)
export type CaseRatings = Static<typeof CaseRatings>

/** 差评. */
export const BAD_GRADES: readonly RatingGrade[] = ['dissatisfied', 'veryDissatisfied']

/** Whether a bad grade (差评) lacks the reason that GB/T 39735 asks for. Blanks are no reason. */
export const needsReason = ({ grade, tags, comment }: Pick<Rating, 'grade' | 'tags' | 'comment'>): boolean =>
  BAD_GRADES.includes(grade) && tags.length === 0 && (comment ?? '').trim() === ''
