/** Causes of problems of a request, of who sends it, and of cases. */

export const REQUEST_CAUSES = {
  BODY_UNREADABLE: [
    '请求体不是合法的 JSON 或表单, 或者编码不是声明的那一种。',
    'The body is no valid JSON or form, or it is not in the encoding that it declares.',
  ],
  FILES_BUSY: [
    '许多人同时上传大文件, 本进程为它们留的内存已占满。',
    'Many people send large files at once, and the memory that this process keeps for them is full.',
  ],
  BODY_TOO_LARGE: ['发来的字节超过该接口的上限。', 'More bytes were sent than this interface takes.'],
  BODY_TOO_DEEP: [
    'JSON 的数组或对象嵌套得太深, 读它会耗尽资源。',
    'Arrays or objects are nested so deeply that reading them would use up what we have.',
  ],
  BODY_INVALID: [
    '内容读得出来, 但有一项或几项不符合 JSON Schema, 或不符合该事项的表单。',
    'The content can be read, and one or more of its members do not fit the JSON Schema or the matter’s form.',
  ],
  PARAMETER_INVALID: [
    '查询参数的值不在允许的范围或写法之内, 或者地址里有不允许的字符。',
    'A query parameter is out of its range or written in another way, or the address holds a character that it may not.',
  ],
  POSITION_INVALID: [
    'near 不是“经度,纬度”, 或超出范围, 或者经纬度写反了。',
    'near is not longitude and latitude, is out of range, or has the two the wrong way round.',
  ],
  OPENING_TIME_INVALID: [
    'openAt 没有时区, 或不是 RFC 3339 的写法; 地址里的“+”要写成 %2B。',
    'openAt has no offset or is not written after RFC 3339; a “+” in an address is written %2B.',
  ],
  WINDOW_NOT_FOUND: [
    '窗口标识写错了, 或者该地区已不再公布这个窗口。',
    'The id is wrong, or the region tells of this window no more.',
  ],
  PROFILE_UNKNOWN: [
    'Content-Type 里的 profile 不是四个地区之一。',
    'The profile of the Content-Type is none of the four regions.',
  ],
  PROFILE_NOT_ACCEPTABLE: [
    'Accept 里的 profile 不是四个地区之一, 或者这份内容没有那种写法。',
    'The profile of Accept is none of the four regions, or this content has no such form.',
  ],
  MEDIA_TYPE_UNSUPPORTED: [
    'Content-Type 缺失, 或不是该接口接受的类型。',
    'The Content-Type is missing, or is not one that this operation takes.',
  ],
  NOT_FOUND: [
    '地址写错了, 或者它所指的东西不存在, 或者不是给您看的: 两者不加区分。',
    'The address is wrong, or what it names is not there, or is not for you: the two are not told apart.',
  ],
  METHOD_NOT_ALLOWED: [
    '地址存在, 但不支持这个 HTTP 方法。',
    'The address exists and does not take this HTTP method.',
  ],
  IDEMPOTENCY_KEY_REQUIRED: [
    '提交申请必须带 Idempotency-Key, 否则断线后重发会投两次; 键的写法不对也是如此。',
    'Filing needs an Idempotency-Key, for otherwise a request that is repeated after a lost answer files twice. A key in a wrong form counts as none.',
  ],
  IDEMPOTENCY_KEY_REUSED: [
    '七天之内, 同一个键发过另一份内容。',
    'Within seven days the same key was sent with another content.',
  ],
  IDEMPOTENCY_KEY_IN_USE: [
    '带同一个键的第一次请求还没有处理完。',
    'The first request with this key has not been finished.',
  ],
  PRECONDITION_REQUIRED: [
    '改动办件须说明依据的是哪个版本, 以免覆盖别人的改动。',
    'A change of a case must say which version it was made from, so that it overwrites nobody’s.',
  ],
  PRECONDITION_FAILED: [
    '您读取之后, 办件又有变化: 带来的 ETag 已经不是现在的版本。',
    'The case changed after you read it: the ETag is no longer that of its version.',
  ],
  RATE_LIMITED: [
    '一分钟内的请求超过上限; 问许多城市的请求、身份码和授权码另有更严的上限。',
    'More requests than a minute takes. Questions to many cities, codes for counters and mandate codes have narrower limits.',
  ],
  STREAMS_TOO_MANY: [
    '同一个人或接入方打开的事件流太多, 多半是没有关闭旧的。',
    'One person or client has too many streams open: old ones are often not closed.',
  ],
  STREAMS_FULL: [
    '本进程的事件流已满, 或者它正在停止。',
    'This process can hold no more streams, or is about to end.',
  ],
  TOKEN_MISSING: [
    '没有 Authorization 请求头, 或者写法不是“Bearer 令牌”。',
    'There is no Authorization header, or it is not written “Bearer token”.',
  ],
  TOKEN_INVALID: [
    '令牌已过期 (十分钟)、已被撤销、签名不对、写给了别处, 或者绑定了密钥却没有带证明; facts.reason 说明是哪一种。',
    'The token has ended (ten minutes), was revoked, is signed wrongly, is for another place, or is bound to a key and came without its proof; facts.reason says which.',
  ],
  SCOPE_MISSING: [
    '取令牌时没有申请这个权限范围, 或者该接入方没有登记它。',
    'The scope was not asked for with the token, or the client is not registered for it.',
  ],
  AUDIENCE_MISMATCH: [
    '令牌只对一个地区有效, 而请求涉及另一个地区。',
    'The token was narrowed to one region, and the request is about another.',
  ],
  ASSURANCE_TOO_LOW: [
    '登录所用账号的实名等级低于这件事的要求。',
    'The account of the log-in is less assured than this needs.',
  ],
  PERSON_REQUIRED: [
    '令牌是系统自己的, 而这个接口读写的是某个人的内容。',
    'The token is a system’s own, and this interface is about a person.',
  ],
  APPLICANT_NOT_SELF: [
    '令牌背后的人既不是申请人, 也没有写明受谁的授权。',
    'The person behind the token is neither the applicant, nor says on whose mandate they act.',
  ],
  MANDATE_NOT_FOUND: [
    'agent.mandate 写的授权不存在, 或者受托人不是令牌背后的人。',
    'The mandate in agent.mandate does not exist, or was not given to the person behind the token.',
  ],
  MANDATE_NOT_COVERING: ['授权只写了另外的事项或地区。', 'The mandate names other matters or regions.'],
  MANDATE_OVER: ['授权的起止时间不包括现在, 或已被收回。', 'The mandate does not hold now, or was revoked.'],
  MANDATE_CODE_INVALID: [
    '授权码写错了、用过了、过期了, 或者是给另一个人的: 不加区分。',
    'The code is wrong, used, over, or for somebody else: these are not told apart.',
  ],
  MANDATE_OWN: ['接受授权的就是给出授权的人。', 'Whoever accepts is the one who gave it.'],
  MANDATES_TOO_MANY: [
    '一个人同时有效的授权有上限。',
    'One person may have so many mandates that are not over.',
  ],
  PURPOSE_NOT_ALLOWED: [
    '该接入方登记的用途里没有这一项。',
    'This purpose is not among those for which the client is registered.',
  ],
  IDENTITY_CODE_INVALID: [
    '扫到的不是本网关签发的身份码, 或已被改动。',
    'What was scanned was not signed by this gateway, or was changed.',
  ],
  IDENTITY_CODE_UNKNOWN: [
    '没有打开着的身份码是这串数字: 输错、用过或者过了一分钟。',
    'No open code has these digits: they are mistyped, used, or older than a minute.',
  ],
  IDENTITY_CODE_PURPOSE: [
    '本人为另一种用途生成了这个码, 例如住店的码用在了窗口。',
    'The person made it for another purpose: a hotel’s code at a window, say.',
  ],
  IDENTITY_CODE_USED: ['每个身份码只能核验一次。', 'A code can be scanned once.'],
  IDENTITY_CODE_ENDED: ['身份码一分钟后失效。', 'A code ends after a minute.'],
  IDENTITY_CODE_CALLED_BACK: [
    '本人收回了它, 或者又生成了新的。',
    'The person called it back, or made a newer one.',
  ],
  DESK_LINK_INVALID: [
    '前台链接三十天后到期, 也可能已被运维撤销。',
    'A desk’s link ends after thirty days, and may be revoked before.',
  ],
  OPERATOR_LINK_INVALID: [
    '运维链接十分钟内有效, 只能打开一次。',
    'An operator’s link is good for ten minutes, and opens once.',
  ],
  LOGIN_NOT_OFFERED: [
    '该地区的登录没有配置地址或凭据。',
    'The configuration has no address or credentials for that region’s log-in.',
  ],
  LOGIN_STATE_INVALID: [
    '登录用时超过十分钟, 或从另一个浏览器回来, 或返回了两次。',
    'The log-in took more than ten minutes, came back to another browser, or came back twice.',
  ],
  FORM_FOREIGN: [
    '表单没有带本站页面给的值: 页面放得太久, 或者是别的网站发来的。',
    'The form lacks the value that our page gave it: the page is old, or another site sent it.',
  ],
  AUTHORIZATION_REFUSED: [
    '应用发来的授权请求不符合登记的内容或 OAuth 的要求。',
    'The application’s request does not fit its registration, or what OAuth asks.',
  ],
  LOGIN_GIVEN_UP: [
    '在地区的登录页上取消了, 没有带回凭证。',
    'It was given up at the region’s page, which gave no ticket.',
  ],
  LOGIN_TICKET_INVALID: [
    '地区不认这张凭证: 用过、过期, 或不是它发的。',
    'The region does not know this ticket: it was used, has ended, or is not its own.',
  ],
  ACCOUNT_LOCKED: ['所在平台锁定了该账号。', 'The platform has locked the account.'],
  REAL_NAME_REQUIRED: [
    '该账号没有经过核实的姓名和证件号码。',
    'The account has no name and document that were checked.',
  ],
  IDENTITY_INVALID: [
    '平台给出的证件号码位数或校验位不对。',
    'The number that the platform names has a wrong length or check digit.',
  ],
  IDENTITY_CONFLICT: [
    '两个平台对同一证件号码登记了不同的姓名, 网关不猜测哪个对。',
    'Two platforms know one number under two names, and the gateway does not guess which is right.',
  ],
  LOG_IN_REQUIRED: [
    '令牌由系统交换得来, 本人没有在这里登录。',
    'The token comes of an exchange between systems: the person has not logged in here.',
  ],
} as const
