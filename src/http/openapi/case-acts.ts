/** The description of what is done to a case: answered, withdrawn, reminded of. */
import { Reminded } from '../../schemas/reminder.ts'
import { content, type Document, dryRun, header, needs, ok, path, problem, ref, refused } from './words.ts'

export const CASE_ACT_PATHS: Document['paths'] = {
  '/api/v1/cases/{id}/correction': {
    post: {
      operationId: 'correctCase',
      summary: '补正 · Answer a correction request',
      security: needs('cases'),
      parameters: [
        path('id', '办件标识 · Case id'),
        header('If-Match', '办件的 ETag · ETag of the case', true),
        header('Idempotency-Key', '可不写 · Optional'),
        dryRun,
      ],
      requestBody: { required: true, content: content(ref('Correction')) },
      responses: {
        200: ok('已收下 · Taken', ref('Case')),
        202: ok('已保存; 该地区尚未应答 · Stored; the region does not answer yet', ref('Case')),
        409: problem('Not in correction'),
        412: problem('Changed since'),
        422: problem('Does not fit'),
        428: problem('If-Match is missing'),
        ...refused,
      },
    },
  },
  '/api/v1/cases/{id}/withdrawal': {
    post: {
      operationId: 'withdrawCase',
      summary: '撤回 · Withdraw',
      security: needs('cases'),
      parameters: [
        path('id', '办件标识 · Case id'),
        header('If-Match', '办件的 ETag · ETag of the case', true),
        header('Idempotency-Key', '可不写 · Optional'),
        dryRun,
      ],
      requestBody: {
        required: true,
        content: content(ref('Withdrawal')),
      },
      responses: {
        200: ok('已撤回 · Withdrawn', ref('Case')),
        202: ok('已保存; 该地区尚未应答 · Stored; the region does not answer yet', ref('Case')),
        409: problem('Too late'),
        412: problem('Changed since'),
        428: problem('If-Match is missing'),
        ...refused,
      },
    },
  },
  '/api/v1/cases/{id}/reminder': {
    post: {
      operationId: 'remindCase',
      summary: '催办 · Remind of a case',
      description:
        '轮到办理地区时可催, 24 小时一次。它出现在经过和事件流里; 没有地区接收催办 · While its region has the ball, once in 24 hours. It stands in the timeline and the feed; no region takes reminders',
      security: needs('cases'),
      parameters: [path('id', '办件标识 · Case id'), header('Idempotency-Key', '可不写 · Optional'), dryRun],
      responses: {
        200: ok('已催办 · Reminded of', Reminded),
        404: problem('No such case'),
        409: problem('Nobody waits for the region'),
        422: problem('There is no body to it'),
        ...refused,
        429: problem('Reminded of in the last 24 hours, or too many requests'),
      },
    },
  },
}
