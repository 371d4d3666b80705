/** The description of the person behind the token and of their mandates. */
import {
  content,
  type Document,
  dryRun,
  header,
  listOf,
  needs,
  ok,
  paging,
  path,
  problem,
  query,
  ref,
  refused,
  tried,
} from './words.ts'

const mandateOrTrial = { anyOf: [ref('Mandate'), tried({ mandate: ref('Mandate') })] }

export const PERSON_PATHS: Document['paths'] = {
  '/api/v1/me': {
    get: {
      operationId: 'readMe',
      summary: '令牌背后的人 · The person behind the token',
      description:
        '需要某个人的令牌: 来自登录或令牌交换。 · Needs a token of a person: from a log-in, or from a token exchange.',
      security: needs('persons'),
      responses: { 200: ok('本人 · The person', ref('Me')), ...refused },
    },
  },
  '/api/v1/me/mandates': {
    get: {
      operationId: 'listMandates',
      summary: '给出和受托的授权 · Mandates given and received',
      security: needs('persons'),
      parameters: [
        query('role', '给出的或受托的; 不写为两者 · giver or receiver; both when absent', {
          type: 'string',
          enum: ['giver', 'receiver'],
        }),
        ...paging,
      ],
      responses: {
        200: ok('授权列表 · Mandates', listOf(ref('Mandate'))),
        400: problem('A parameter is wrong'),
        ...refused,
      },
    },
    post: {
      operationId: 'offerMandate',
      summary: '发起授权 · Offer a mandate',
      security: needs('persons'),
      parameters: [header('Idempotency-Key', '可不写 · Optional'), dryRun],
      requestBody: { required: true, content: content(ref('MandateOffer')) },
      responses: {
        200: ok('试运行 · Dry run', tried({ mandate: ref('Mandate') })),
        201: ok('已发起; 授权码只说一次 · Offered; the code is told once', {
          type: 'object',
          required: ['mandate', 'code', 'link', 'expiresAt'],
          properties: {
            mandate: ref('Mandate'),
            code: { type: 'string' },
            link: { type: 'string', format: 'uri' },
            expiresAt: { type: 'string', format: 'date-time' },
          },
        }),
        409: problem('Too many mandates that are not over'),
        422: problem('The offer does not fit'),
        ...refused,
      },
    },
  },
  '/api/v1/me/mandates/accept': {
    post: {
      operationId: 'acceptMandate',
      summary: '接受授权 · Accept a mandate',
      description:
        '带 dryRun=true 时只说明授权码代表什么, 码仍可使用。 · With dryRun=true it shows what the code stands for, and the code can still be used.',
      security: needs('persons'),
      parameters: [header('Idempotency-Key', '可不写 · Optional'), dryRun],
      requestBody: { required: true, content: content(ref('MandateCode')) },
      responses: {
        200: ok('已接受 · Accepted', mandateOrTrial),
        409: problem('Your own'),
        422: problem('The code is wrong, used, over or for somebody else'),
        ...refused,
      },
    },
  },
  '/api/v1/me/mandates/{id}': {
    delete: {
      operationId: 'deleteMandate',
      summary: '收回授权 · Revoke a mandate',
      security: needs('persons'),
      parameters: [
        path('id', '授权标识 · Mandate id'),
        header('Idempotency-Key', '可不写 · Optional'),
        dryRun,
      ],
      responses: {
        200: ok('已收回 · Revoked', mandateOrTrial),
        404: problem('No such mandate of yours'),
        ...refused,
      },
    },
  },
  '/api/v1/me/mandates/{id}/revoke': {
    post: {
      operationId: 'revokeMandate',
      summary: '收回授权 · Revoke a mandate',
      security: needs('persons'),
      parameters: [
        path('id', '授权标识 · Mandate id'),
        header('Idempotency-Key', '可不写 · Optional'),
        dryRun,
      ],
      responses: {
        200: ok('已收回 · Revoked', mandateOrTrial),
        404: problem('No such mandate of yours'),
        ...refused,
      },
    },
  },
  '/api/v1/me/mandates/{id}/decline': {
    post: {
      operationId: 'declineMandate',
      summary: '谢绝或放弃授权 · Decline an offer, or lay down what was accepted',
      description:
        '谢绝发起的授权须带授权码; 放弃已接受的不带请求体。 · An offer is declined with its code; what was accepted is laid down without a body.',
      security: needs('persons'),
      parameters: [
        path('id', '授权标识 · Mandate id'),
        header('Idempotency-Key', '可不写 · Optional'),
        dryRun,
      ],
      requestBody: { required: false, content: content(ref('MandateCode')) },
      responses: {
        200: ok('已谢绝 · Declined', mandateOrTrial),
        404: problem('No such mandate of yours'),
        422: problem('The code is wrong, used, over or for somebody else'),
        ...refused,
      },
    },
  },
  '/api/v1/me/mandates/{id}/uses': {
    get: {
      operationId: 'listMandateUses',
      summary: '授权的使用记录 · What was done on a mandate',
      security: needs('persons'),
      parameters: [path('id', '授权标识 · Mandate id'), ...paging],
      responses: {
        200: ok('使用记录 · Uses', listOf(ref('MandateUse'))),
        404: problem('No such mandate of yours'),
        ...refused,
      },
    },
  },
}
