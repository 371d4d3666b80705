/** Problems of logging in, at a region and here. */
import { type Problem, problem } from './problem.ts'

export const LOG_IN_PROBLEMS = {
  LOGIN_NOT_OFFERED: problem(
    409,
    'gateway',
    false,
    ['该地区未接入登录', 'That region’s log-in is not connected'],
    [
      '该地区的登录没有配置地址或凭据。',
      'The configuration has no address or credentials for that region’s log-in.',
    ],
    ['改用其他地区的账号', 'Use an account of another region'],
  ),
  LOGIN_STATE_INVALID: problem(
    400,
    'caller',
    false,
    ['登录已过期或不是从这里开始的', 'The log-in has ended, or did not start here'],
    [
      '登录用时超过十分钟, 或从另一个浏览器回来, 或返回了两次。',
      'The log-in took more than ten minutes, came back to another browser, or came back twice.',
    ],
    ['回到登录页重新开始', 'Start again at the log-in page'],
  ),
  FORM_FOREIGN: problem(
    403,
    'caller',
    false,
    ['表单不是从本站页面提交的', 'The form does not come from a page of ours'],
    [
      '表单没有带本站页面给的值: 页面放得太久, 或者是别的网站发来的。',
      'The form lacks the value that our page gave it: the page is old, or another site sent it.',
    ],
    ['回到页面重新提交', 'Open the page again and send it from there'],
  ),
  AUTHORIZATION_REFUSED: problem(
    400,
    'caller',
    false,
    ['应用的登录请求有误', 'The application asks for a log-in in a wrong way'],
    [
      '应用发来的授权请求不符合登记的内容或 OAuth 的要求。',
      'The application’s request does not fit its registration, or what OAuth asks.',
    ],
    [
      '回到应用重新登录; 仍不行请告知应用的运营者',
      'Go back and log in from the application again; if that fails, tell its operator',
    ],
  ),
  LOGIN_GIVEN_UP: problem(
    400,
    'caller',
    false,
    ['登录已取消', 'The log-in was given up'],
    ['在地区的登录页上取消了, 没有带回凭证。', 'It was given up at the region’s page, which gave no ticket.'],
    ['需要时重新登录', 'Log in again when you wish'],
  ),
  LOGIN_TICKET_INVALID: problem(
    401,
    'caller',
    false,
    ['登录凭证无效、已使用或已过期', 'The log-in ticket is not valid, was used or has ended'],
    [
      '地区不认这张凭证: 用过、过期, 或不是它发的。',
      'The region does not know this ticket: it was used, has ended, or is not its own.',
    ],
    ['重新登录; 每张凭证只能用一次', 'Log in again; a ticket works once'],
  ),
  ACCOUNT_LOCKED: problem(
    403,
    'caller',
    false,
    ['该账号已被其平台锁定', 'The account is locked by its own platform'],
    ['所在平台锁定了该账号。', 'The platform has locked the account.'],
    ['在该平台解锁后重试', 'Have it unlocked there, then log in again'],
  ),
  REAL_NAME_REQUIRED: problem(
    403,
    'caller',
    false,
    ['该账号尚未实名', 'The account has no real name yet'],
    ['该账号没有经过核实的姓名和证件号码。', 'The account has no name and document that were checked.'],
    ['在其平台完成实名认证后重新登录', 'Prove your identity at its platform, then log in again'],
  ),
  IDENTITY_INVALID: problem(
    422,
    'region',
    false,
    ['平台给出的证件号码不正确', 'The platform names an identity document that cannot be right'],
    [
      '平台给出的证件号码位数或校验位不对。',
      'The number that the platform names has a wrong length or check digit.',
    ],
    ['请向该平台更正证件信息', 'Have the document corrected at that platform'],
  ),
  IDENTITY_CONFLICT: problem(
    409,
    'gateway',
    false,
    ['同一证件号码有不同姓名', 'One document number goes with different names'],
    [
      '两个平台对同一证件号码登记了不同的姓名, 网关不猜测哪个对。',
      'Two platforms know one number under two names, and the gateway does not guess which is right.',
    ],
    ['工作人员核对后才能登录', 'A member of staff must decide before this account can log in'],
  ),
  LOG_IN_REQUIRED: problem(
    403,
    'caller',
    false,
    ['需要本人登录', 'The person must have logged in'],
    [
      '令牌由系统交换得来, 本人没有在这里登录。',
      'The token comes of an exchange between systems: the person has not logged in here.',
    ],
    [
      '身份码只能由本人登录后出示, 不能由其他系统换取的令牌生成',
      'Codes are made by people who logged in themselves, not with a token that another system exchanged',
    ],
  ),
} satisfies Record<string, Problem>
