/** Problems of logging in, at a region and here. */
import { type Problem, problem } from './problem.ts'

export const LOG_IN_PROBLEMS = {
  LOGIN_NOT_OFFERED: problem(
    409,
    'gateway',
    false,
    ['该地区未接入登录', 'That region’s log-in is not connected'],
    ['改用其他地区的账号', 'Use an account of another region'],
  ),
  LOGIN_STATE_INVALID: problem(
    400,
    'caller',
    false,
    ['登录已过期或不是从这里开始的', 'The log-in has ended, or did not start here'],
    ['回到登录页重新开始', 'Start again at the log-in page'],
  ),
  FORM_FOREIGN: problem(
    403,
    'caller',
    false,
    ['表单不是从本站页面提交的', 'The form does not come from a page of ours'],
    ['回到页面重新提交', 'Open the page again and send it from there'],
  ),
  AUTHORIZATION_REFUSED: problem(
    400,
    'caller',
    false,
    ['应用的登录请求有误', 'The application asks for a log-in in a wrong way'],
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
    ['需要时重新登录', 'Log in again when you wish'],
  ),
  LOGIN_TICKET_INVALID: problem(
    401,
    'caller',
    false,
    ['登录凭证无效、已使用或已过期', 'The log-in ticket is not valid, was used or has ended'],
    ['重新登录; 每张凭证只能用一次', 'Log in again; a ticket works once'],
  ),
  ACCOUNT_LOCKED: problem(
    403,
    'caller',
    false,
    ['该账号已被其平台锁定', 'The account is locked by its own platform'],
    ['在该平台解锁后重试', 'Have it unlocked there, then log in again'],
  ),
  REAL_NAME_REQUIRED: problem(
    403,
    'caller',
    false,
    ['该账号尚未实名', 'The account has no real name yet'],
    ['在其平台完成实名认证后重新登录', 'Prove your identity at its platform, then log in again'],
  ),
  IDENTITY_INVALID: problem(
    422,
    'region',
    false,
    ['平台给出的证件号码不正确', 'The platform names an identity document that cannot be right'],
    ['请向该平台更正证件信息', 'Have the document corrected at that platform'],
  ),
  IDENTITY_CONFLICT: problem(
    409,
    'gateway',
    false,
    ['同一证件号码有不同姓名', 'One document number goes with different names'],
    ['工作人员核对后才能登录', 'A member of staff must decide before this account can log in'],
  ),
  LOG_IN_REQUIRED: problem(
    403,
    'caller',
    false,
    ['需要本人登录', 'The person must have logged in'],
    [
      '身份码只能由本人登录后出示, 不能由其他系统换取的令牌生成',
      'Codes are made by people who logged in themselves, not with a token that another system exchanged',
    ],
  ),
} satisfies Record<string, Problem>
