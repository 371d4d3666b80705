/** The description of ratings (好差评). */
import { CaseRatings, RatingRequest } from '../../schemas/rating.ts'
import { content, type Document, dryRun, header, needs, ok, path, problem, ref, refused } from './words.ts'

export const RATING_SCHEMAS = { CaseRatings, RatingRequest }

export const RATING_PATHS: Document['paths'] = {
  '/api/v1/cases/{id}/rating': {
    get: {
      operationId: 'readRatings',
      summary: '查看评价 · The ratings of a case',
      description:
        '每次评价到了哪里: 在路上、已送达、被退回、或该地区不收而留在这里。没有地区的接口带回部门的回复, 所以这里没有 · How far each has got: on its way, told to the region, refused by it, or kept here since the region takes none. No region’s interface brings a department’s reply (回复), so there is none here',
      security: needs('cases'),
      parameters: [path('id', '办件标识 · Case id')],
      responses: { 200: ok('评价 · Ratings', ref('CaseRatings')), 404: problem('No such case'), ...refused },
    },
    post: {
      operationId: 'rateCase',
      summary: '好差评 · Rate a case',
      description:
        '决定后评一次, 以后再追评一次 (round 2)。最差的两等须有原因。由申请人评, 受托人不能 · Once when it was decided, and once more as a follow-up (`round` 2). The two worst grades need a tag or a comment. The applicant rates, nobody on a mandate',
      security: needs('cases'),
      parameters: [path('id', '办件标识 · Case id'), header('Idempotency-Key', '可不写 · Optional'), dryRun],
      requestBody: { required: true, content: content(ref('RatingRequest')) },
      responses: {
        200: ok('可以评价; 试运行, 没有提交 · It could be given; nothing was (dryRun)', ref('CaseRatings')),
        201: ok(
          '已送达该地区, 或该地区不收而留在这里 · Told to the region, or kept where it takes none',
          ref('CaseRatings'),
        ),
        202: ok('已保存; 该地区尚未应答 · Stored; the region does not answer yet', ref('CaseRatings')),
        404: problem('No such case'),
        409: problem('Not decided yet, rated already, a follow-up without a first, or filed elsewhere'),
        422: problem('Does not fit, or a bad grade without a reason'),
        ...refused,
        403: problem('The token lacks a scope, or an agent rates'),
      },
    },
  },
}
