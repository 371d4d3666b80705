/** Problems of cases that were filed, and of their ratings. A code is never renamed: clients switch on it. */
import { type Problem, problem } from './problem.ts'

export const CASE_PROBLEMS = {
  CASE_NOT_FOUND: problem(
    404,
    'caller',
    false,
    ['没有这个办件', 'There is no such case'],
    [
      '标识写错了, 或者您不是这个办件的当事方: 不加区分。',
      'The id is wrong, or you are no party to the case: the two are not told apart.',
    ],
    ['检查办件标识', 'Check its id'],
  ),
  CASE_FILED_ELSEWHERE: problem(
    409,
    'caller',
    false,
    ['这个办件不是在这里提交的', 'The case was not filed here'],
    [
      '办件由地区列出, 不是经本网关提交的, 只能查看。',
      'The case was listed by its region and not filed through this gateway: it can only be read.',
    ],
    ['到提交办件的平台办理', 'Act on it where it was filed'],
  ),
  STATE_CONFLICT: problem(
    409,
    'caller',
    false,
    ['办件当前状态不允许此操作', 'The case is not in a state that allows it'],
    [
      '例如没有补正通知时提交补正, 或者办结后撤回。',
      'A correction that nobody asked for, say, or a withdrawal after the end.',
    ],
    ['查看办件当前状态', 'Look at its present status'],
  ),
  REMINDER_TOO_EARLY: problem(
    429,
    'caller',
    true,
    ['这个办件刚催过', 'This case was reminded of a short while ago'],
    ['24 小时之内已经催过一次。', 'It was reminded of within the last 24 hours.'],
    ['按 Retry-After 等待, 每 24 小时可以催一次', 'Wait as Retry-After says: once in 24 hours'],
  ),
  RESULT_NOT_READY: problem(
    409,
    'caller',
    true,
    ['尚无结果文书', 'There is no result document yet'],
    [
      '办件还没有办结, 或者该地区还没有给出文书。',
      'The case is not concluded, or its region has not given the document yet.',
    ],
    ['办结后再取', 'Ask again after it is concluded'],
  ),
  RESULT_WITHOUT_DOCUMENT: problem(
    404,
    'caller',
    false,
    ['办件已经结束, 没有结果文书', 'The case has ended without a result document'],
    ['该地区办结时没有给出文书。', 'The region concluded the case without a document.'],
    [
      '不必再取: 该事项不出结果文书, 或者到办事窗口领取; 撤回和作废的办件没有结果文书',
      'Do not ask again: the matter gives none, or it is fetched at the window; a withdrawn or voided case has none',
    ],
  ),
  DUPLICATE_CASE: problem(
    409,
    'caller',
    false,
    ['已有未办结的相同办件', 'The same case is already open'],
    [
      '该地区对同一申请人、同一事项只收一件未办结的。',
      'The region takes one open case of a matter for each applicant.',
    ],
    ['继续办理已有的办件', 'Go on with the case that is open'],
  ),
  RATED_ALREADY: problem(
    409,
    'caller',
    false,
    ['这个办件已经评价过', 'This case was rated already'],
    ['这一轮评价已经给出。', 'The rating of this round was given.'],
    [
      '每个办件评价一次、追评一次, 不必再评',
      'A case takes one rating and one follow-up; none is needed again',
    ],
  ),
  RATING_REASON_REQUIRED: problem(
    422,
    'caller',
    false,
    ['差评须勾选详情或填写文字评价', 'A bad grade needs a reason'],
    ['GB/T 39735 要求差评说明原因。', 'GB/T 39735 wants a reason for the two worst grades.'],
    ['勾选一项原因, 或者写一句话, 再提交', 'Tick a reason or write a sentence, then send it again'],
  ),
  RATING_BY_APPLICANT: problem(
    403,
    'caller',
    false,
    ['只有申请人本人可以评价', 'Only the applicant may rate the case'],
    ['评价的是受托人, 不是申请人。', 'An agent rates, not the applicant.'],
    ['请申请人用自己的账号登录后评价', 'Let the applicant log in and rate it'],
  ),
  RATING_FIRST_MISSING: problem(
    409,
    'caller',
    false,
    ['还没有评价, 不能追评', 'There is no rating that a follow-up could follow'],
    ['追评 (round 2) 先于评价。', 'A follow-up (round 2) came before the first rating.'],
    ['先评价一次, 以后再追评', 'Rate it first; a follow-up may come later'],
  ),
} satisfies Record<string, Problem>
