/** Problems of the window's desk. */
import { type Problem, problem } from './problem.ts'

export const DESK_PROBLEMS = {
  CLERK_LINK_INVALID: problem(
    403,
    'caller',
    false,
    ['入职链接无效、已用过或已到期', 'The clerk’s link is not valid, was used or has ended'],
    ['入职链接一天内有效, 只能用一次。', 'A clerk’s link is good for a day, and once.'],
    ['请网关运维发给新的链接', 'Ask the operators of the gateway for a new link'],
  ),
  CLERK_CODE_WRONG: problem(
    422,
    'caller',
    true,
    ['验证码不对, 或已用过', 'The code is wrong, or was used'],
    [
      '验证码每半分钟换一次, 每个只能用一次; 手机时间也可能不准。',
      'Codes change every half minute and work once; the phone’s clock may be wrong.',
    ],
    ['等验证器显示下一个验证码, 再输入', 'Wait for the next code of the authenticator and type that'],
  ),
  CLERK_LOCKED: problem(
    429,
    'caller',
    true,
    ['验证码输错次数过多', 'Too many wrong codes'],
    ['十五分钟内输错五次。', 'Five wrong codes within a quarter of an hour.'],
    [
      '一刻钟后再试; 手机丢失请网关运维重发链接',
      'Try again in a quarter of an hour; if the phone is lost, ask the operators for a new link',
    ],
  ),
  CLERK_REQUIRED: problem(
    401,
    'caller',
    false,
    ['专窗会话已结束', 'The session at the desk has ended'],
    ['专窗半小时无操作, 或已登录十小时。', 'The desk was at rest for half an hour, or logged in for ten.'],
    ['请重新登录, 已保存的步骤都在', 'Log in again; all steps that were saved are there'],
  ),
  DESK_CASE_NOT_FOUND: problem(
    404,
    'caller',
    false,
    ['没有这个收件', 'There is no such case at the desk'],
    ['收件不属于这个窗口, 或已清空。', 'The case belongs to another desk, or was emptied.'],
    ['请回到工作台重新选择', 'Go back to the desk and choose again'],
  ),
  DESK_STEP_MISSING: problem(
    409,
    'caller',
    false,
    ['前面的步骤还没有完成', 'An earlier step is not done yet'],
    ['后面的步骤依赖前面的。', 'A later step stands on an earlier one.'],
    ['先完成页面上标出的步骤', 'Do the steps first that the page marks'],
  ),
  DESK_FIELD_KNOWN: problem(
    422,
    'caller',
    false,
    ['这一项已经知道, 不能重复填写', 'This field is known, and is not typed again'],
    [
      '这一项由登录或证照得知, 不许手填改写。',
      'Log-in or licence tells this field, and nobody types over it.',
    ],
    ['只填页面上问到的项', 'Fill in only what the page asks for'],
  ),
  DESK_CHANGED: problem(
    409,
    'caller',
    true,
    ['这个收件刚被改动', 'The case at the desk has just been changed'],
    ['同一窗口的另一人刚改了它。', 'Somebody else at the desk has just changed it.'],
    ['刷新页面, 看看现在的样子', 'Load the page again to see it as it is now'],
  ),
  CERTIFIER_SAME: problem(
    403,
    'caller',
    false,
    ['不能核对自己扫描的材料', 'Nobody certifies what they scanned themselves'],
    [
      '核对原件的人不能是扫描的人: 两人各看一次。',
      'Two people look: whoever certifies is not the one who scanned.',
    ],
    [
      '请同一窗口的另一位工作人员与原件核对',
      'Ask another clerk of the window to compare it with the original',
    ],
  ),
  CUSTODY_ORDER: problem(
    409,
    'caller',
    false,
    ['材料交接的顺序不对, 或这一步已经记下', 'The step of custody is out of order, or was noted already'],
    ['纸质材料的交接须按顺序逐步登记。', 'Papers are handed over step by step, in order.'],
    ['按页面给出的下一步登记', 'Note the next step that the page offers'],
  ),
} satisfies Record<string, Problem>
