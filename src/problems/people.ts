/** Problems of people: who may, mandates, and codes at a counter. A code is never renamed: clients switch on it. */
import { type Problem, problem } from './problem.ts'

export const PEOPLE_PROBLEMS = {
  // --- who may ---
  TOKEN_MISSING: problem(
    401,
    'caller',
    false,
    ['缺少访问令牌', 'No access token'],
    [
      '没有 Authorization 请求头, 或者写法不是“Bearer 令牌”。',
      'There is no Authorization header, or it is not written “Bearer token”.',
    ],
    ['从 /oidc/token 取得令牌', 'Get a token from /oidc/token'],
  ),
  TOKEN_INVALID: problem(
    401,
    'caller',
    false,
    ['访问令牌无效或已过期', 'The access token is not valid, or has ended'],
    [
      '令牌已过期 (十分钟)、已被撤销、签名不对、写给了别处, 或者绑定了密钥却没有带证明; facts.reason 说明是哪一种。',
      'The token has ended (ten minutes), was revoked, is signed wrongly, is for another place, or is bound to a key and came without its proof; facts.reason says which.',
    ],
    ['重新取得令牌', 'Get a new token'],
  ),
  SCOPE_MISSING: problem(
    403,
    'caller',
    false,
    ['权限范围不足', 'The token lacks a scope'],
    [
      '取令牌时没有申请这个权限范围, 或者该接入方没有登记它。',
      'The scope was not asked for with the token, or the client is not registered for it.',
    ],
    ['申请所缺范围', 'Ask for the missing scope'],
  ),
  AUDIENCE_MISMATCH: problem(
    403,
    'caller',
    false,
    ['令牌不适用于该地区', 'The token is for another region'],
    [
      '令牌只对一个地区有效, 而请求涉及另一个地区。',
      'The token was narrowed to one region, and the request is about another.',
    ],
    ['为该地区换取令牌', 'Get a token for that region'],
  ),
  ASSURANCE_TOO_LOW: problem(
    401,
    'caller',
    false,
    ['实名等级不够', 'The log-in is not assured enough'],
    [
      '登录所用账号的实名等级低于这件事的要求。',
      'The account of the log-in is less assured than this needs.',
    ],
    ['用更高实名等级的账号重新登录', 'Log in again with an account of a higher real-name level'],
  ),
  PERSON_REQUIRED: problem(
    403,
    'caller',
    false,
    ['令牌背后没有具体的人', 'No person stands behind the token'],
    [
      '令牌是系统自己的, 而这个接口读写的是某个人的内容。',
      'The token is a system’s own, and this interface is about a person.',
    ],
    ['用本人登录或令牌交换取得的令牌', 'Use a token from a log-in or a token exchange'],
  ),
  // --- mandates ---
  APPLICANT_NOT_SELF: problem(
    403,
    'caller',
    false,
    ['申请人不是令牌背后的人', 'The applicant is not the person behind the token'],
    [
      '令牌背后的人既不是申请人, 也没有写明受谁的授权。',
      'The person behind the token is neither the applicant, nor says on whose mandate they act.',
    ],
    [
      '为本人申请; 代他人办理时, 经办人填本人并在 agent.mandate 写明已接受的授权',
      'Apply for yourself; for somebody else be the agent yourself and name the mandate that you accepted in agent.mandate',
    ],
  ),
  MANDATE_NOT_FOUND: problem(
    422,
    'caller',
    false,
    ['没有这项授权', 'There is no such mandate'],
    [
      'agent.mandate 写的授权不存在, 或者受托人不是令牌背后的人。',
      'The mandate in agent.mandate does not exist, or was not given to the person behind the token.',
    ],
    ['检查授权标识; 只有接受了授权的人能用它', 'Check its id; only whoever accepted it may use it'],
  ),
  MANDATE_NOT_COVERING: problem(
    403,
    'caller',
    false,
    ['授权不包括这件事', 'The mandate does not cover this'],
    ['授权只写了另外的事项或地区。', 'The mandate names other matters or regions.'],
    [
      '请委托人另行授权, 写明该事项和地区',
      'Ask the one who gave it for a mandate that names the matter and the region',
    ],
  ),
  MANDATE_OVER: problem(
    403,
    'caller',
    false,
    ['授权未生效或已经结束', 'The mandate has ended, or has not begun'],
    ['授权的起止时间不包括现在, 或已被收回。', 'The mandate does not hold now, or was revoked.'],
    ['请委托人重新授权', 'Ask for a new mandate'],
  ),
  MANDATE_CODE_INVALID: problem(
    422,
    'caller',
    false,
    ['授权码不能用', 'The code accepts nothing'],
    [
      '授权码写错了、用过了、过期了, 或者是给另一个人的: 不加区分。',
      'The code is wrong, used, over, or for somebody else: these are not told apart.',
    ],
    [
      '授权码七天内有效, 只能用一次, 且可能只给指定的人; 请委托人重新发起',
      'A code works once, for seven days, and may be for one person alone; ask for a new one',
    ],
  ),
  MANDATE_OWN: problem(
    409,
    'caller',
    false,
    ['不能接受自己给出的授权', 'Nobody can accept a mandate of their own'],
    ['接受授权的就是给出授权的人。', 'Whoever accepts is the one who gave it.'],
    ['把授权码交给要委托的人', 'Give the code to the person who shall act for you'],
  ),
  MANDATES_TOO_MANY: problem(
    409,
    'caller',
    false,
    ['有效的授权太多', 'There are too many mandates that are not over'],
    ['一个人同时有效的授权有上限。', 'One person may have so many mandates that are not over.'],
    ['先收回不再需要的授权', 'Revoke those that are no longer needed'],
  ),
  // --- the counter ---
  PURPOSE_NOT_ALLOWED: problem(
    403,
    'caller',
    false,
    ['没有获准用于此用途', 'The client has not been given this purpose'],
    [
      '该接入方登记的用途里没有这一项。',
      'This purpose is not among those for which the client is registered.',
    ],
    ['请网关运维为该接入方登记用途', 'Have the operators register the purpose for your client'],
  ),
  IDENTITY_CODE_INVALID: problem(
    422,
    'caller',
    false,
    ['不是本网关签发的身份码', 'That is no code of this gateway'],
    [
      '扫到的不是本网关签发的身份码, 或已被改动。',
      'What was scanned was not signed by this gateway, or was changed.',
    ],
    ['请本人重新出示身份码', 'Ask the person to show a new code'],
  ),
  IDENTITY_CODE_UNKNOWN: problem(
    404,
    'caller',
    false,
    ['数字码不存在、已使用或已失效', 'No such digits are open: they are wrong, used or over'],
    [
      '没有打开着的身份码是这串数字: 输错、用过或者过了一分钟。',
      'No open code has these digits: they are mistyped, used, or older than a minute.',
    ],
    ['核对数字和用途; 仍不行请本人重新出示', 'Compare digits and purpose, or ask the person for new ones'],
  ),
  IDENTITY_CODE_PURPOSE: problem(
    409,
    'caller',
    false,
    ['身份码不是为此用途出示的', 'The code was made for another purpose'],
    [
      '本人为另一种用途生成了这个码, 例如住店的码用在了窗口。',
      'The person made it for another purpose: a hotel’s code at a window, say.',
    ],
    ['请本人按您的用途重新出示', 'Ask the person for a code for your purpose'],
  ),
  IDENTITY_CODE_USED: problem(
    409,
    'caller',
    false,
    ['身份码已被使用', 'The code has been used'],
    ['每个身份码只能核验一次。', 'A code can be scanned once.'],
    ['每个码只能用一次, 请本人重新出示', 'A code works once; ask the person for a new one'],
  ),
  IDENTITY_CODE_ENDED: problem(
    410,
    'caller',
    false,
    ['身份码已过期', 'The code has ended'],
    ['身份码一分钟后失效。', 'A code ends after a minute.'],
    ['身份码一分钟内有效, 请本人重新出示', 'A code lives for a minute; ask the person for a new one'],
  ),
  IDENTITY_CODE_CALLED_BACK: problem(
    410,
    'caller',
    false,
    ['身份码已被本人收回', 'The person has called the code back'],
    ['本人收回了它, 或者又生成了新的。', 'The person called it back, or made a newer one.'],
    ['如仍需核验, 请本人重新出示', 'If it is still needed, ask the person for a new one'],
  ),
  DESK_LINK_INVALID: problem(
    403,
    'caller',
    false,
    ['前台链接无效、已到期或已撤销', 'The desk’s link is not valid, has ended or was revoked'],
    [
      '前台链接三十天后到期, 也可能已被运维撤销。',
      'A desk’s link ends after thirty days, and may be revoked before.',
    ],
    ['请网关运维发给新的链接', 'Ask the operators of the gateway for a new link'],
  ),
  OPERATOR_LINK_INVALID: problem(
    403,
    'caller',
    false,
    [
      '运维链接无效、已用过、已到期或已撤销',
      'The operator’s link is not valid, was used, has ended or was revoked',
    ],
    ['运维链接十分钟内有效, 只能打开一次。', 'An operator’s link is good for ten minutes, and opens once.'],
    [
      '在网关所在机器上运行 delta operators link, 打开新的链接',
      'Run delta operators link on the gateway’s machine and open the new link',
    ],
  ),
} satisfies Record<string, Problem>
