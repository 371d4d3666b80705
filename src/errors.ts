/**
 * The one table of problems. A code is never renamed: clients switch on it. `blame` says who must act, `retry` whether
 * the same request may succeed later. The sentences are for the person who reads `/problems/{code}`.
 */
interface Problem {
  readonly status: number
  readonly blame: 'caller' | 'gateway' | 'region'
  readonly retry: boolean
  readonly title: { readonly zh: string; readonly en: string }
  readonly fix: { readonly zh: string; readonly en: string }
}

const problem = (
  status: number,
  blame: Problem['blame'],
  retry: boolean,
  title: readonly [zh: string, en: string],
  fix: readonly [zh: string, en: string],
): Problem => ({
  status,
  blame,
  retry,
  title: { zh: title[0], en: title[1] },
  fix: { zh: fix[0], en: fix[1] },
})

export const PROBLEMS = {
  // --- the request itself ---
  BODY_UNREADABLE: problem(
    400,
    'caller',
    false,
    ['请求体无法读取', 'The body cannot be read'],
    ['按声明的类型与 UTF-8 编码重新发送', 'Send well-formed content of the declared type, in UTF-8'],
  ),
  BODY_TOO_LARGE: problem(
    413,
    'caller',
    false,
    ['请求体过大', 'The body is too large'],
    ['正文不超过 1 MiB, 文件不超过 20 MiB', 'Keep a body within 1 MiB and a file within 20 MiB'],
  ),
  BODY_TOO_DEEP: problem(
    400,
    'caller',
    false,
    ['嵌套层数过多', 'The body is nested too deeply'],
    ['减少嵌套', 'Send a flatter document'],
  ),
  BODY_INVALID: problem(
    422,
    'caller',
    false,
    ['内容不符合要求', 'The content does not fit'],
    ['逐条改正 errors 所列字段', 'Correct each field that errors names'],
  ),
  PARAMETER_INVALID: problem(
    400,
    'caller',
    false,
    ['查询参数有误', 'A query parameter is wrong'],
    ['按接口文档改正', 'Correct it after the API description'],
  ),
  PROFILE_UNKNOWN: problem(
    415,
    'caller',
    false,
    ['不认识的方言', 'The profile is not known'],
    ['使用所列方言之一', 'Use one of the listed profiles'],
  ),
  PROFILE_NOT_ACCEPTABLE: problem(
    406,
    'caller',
    false,
    ['不能以所求方言作答', 'The asked profile cannot be given'],
    ['使用所列方言之一', 'Ask for one of the listed profiles'],
  ),
  MEDIA_TYPE_UNSUPPORTED: problem(
    415,
    'caller',
    false,
    ['不支持的内容类型', 'The content type is not supported'],
    ['使用 application/json', 'Use application/json'],
  ),
  NOT_FOUND: problem(404, 'caller', false, ['未找到', 'Not found'], ['检查地址', 'Check the address']),
  METHOD_NOT_ALLOWED: problem(
    405,
    'caller',
    false,
    ['不支持该方法', 'The method is not allowed'],
    ['使用 Allow 所列方法', 'Use a method that Allow lists'],
  ),
  IDEMPOTENCY_KEY_REQUIRED: problem(
    400,
    'caller',
    false,
    ['缺少 Idempotency-Key', 'Idempotency-Key is missing'],
    ['为每份申请生成一个新的键', 'Make one new key for each application'],
  ),
  IDEMPOTENCY_KEY_REUSED: problem(
    422,
    'caller',
    false,
    ['同一 Idempotency-Key 内容不同', 'The key was used with another body'],
    ['内容不同请换新键', 'Use a new key for new content'],
  ),
  IDEMPOTENCY_KEY_IN_USE: problem(
    409,
    'caller',
    true,
    ['同一请求正在处理', 'The same request is being handled'],
    ['稍后用同一键重试', 'Repeat with the same key a little later'],
  ),
  PRECONDITION_REQUIRED: problem(
    428,
    'caller',
    false,
    ['缺少 If-Match', 'If-Match is missing'],
    ['先读取办件并带上其 ETag', 'Read the case first and send its ETag'],
  ),
  PRECONDITION_FAILED: problem(
    412,
    'caller',
    true,
    ['办件已有变化', 'The case has changed since'],
    ['重新读取后再提交', 'Read it again, then repeat'],
  ),
  RATE_LIMITED: problem(
    429,
    'caller',
    true,
    ['请求过于频繁', 'Too many requests'],
    ['按 Retry-After 等待', 'Wait as Retry-After says'],
  ),
  // --- who may ---
  TOKEN_MISSING: problem(
    401,
    'caller',
    false,
    ['缺少访问令牌', 'No access token'],
    ['从 /oidc/token 取得令牌', 'Get a token from /oidc/token'],
  ),
  TOKEN_INVALID: problem(
    401,
    'caller',
    false,
    ['访问令牌无效或已过期', 'The access token is not valid, or has ended'],
    ['重新取得令牌', 'Get a new token'],
  ),
  SCOPE_MISSING: problem(
    403,
    'caller',
    false,
    ['权限范围不足', 'The token lacks a scope'],
    ['申请所缺范围', 'Ask for the missing scope'],
  ),
  AUDIENCE_MISMATCH: problem(
    403,
    'caller',
    false,
    ['令牌不适用于该地区', 'The token is for another region'],
    ['为该地区换取令牌', 'Get a token for that region'],
  ),
  ASSURANCE_TOO_LOW: problem(
    401,
    'caller',
    false,
    ['实名等级不够', 'The log-in is not assured enough'],
    ['用更高实名等级的账号重新登录', 'Log in again with an account of a higher real-name level'],
  ),
  PERSON_REQUIRED: problem(
    403,
    'caller',
    false,
    ['令牌背后没有具体的人', 'No person stands behind the token'],
    ['用本人登录或令牌交换取得的令牌', 'Use a token from a log-in or a token exchange'],
  ),
  // --- mandates ---
  APPLICANT_NOT_SELF: problem(
    403,
    'caller',
    false,
    ['申请人不是令牌背后的人', 'The applicant is not the person behind the token'],
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
    ['检查授权标识; 只有接受了授权的人能用它', 'Check its id; only whoever accepted it may use it'],
  ),
  MANDATE_NOT_COVERING: problem(
    403,
    'caller',
    false,
    ['授权不包括这件事', 'The mandate does not cover this'],
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
    ['请委托人重新授权', 'Ask for a new mandate'],
  ),
  MANDATE_CODE_INVALID: problem(
    422,
    'caller',
    false,
    ['授权码不能用', 'The code accepts nothing'],
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
    ['把授权码交给要委托的人', 'Give the code to the person who shall act for you'],
  ),
  MANDATES_TOO_MANY: problem(
    409,
    'caller',
    false,
    ['有效的授权太多', 'There are too many mandates that are not over'],
    ['先收回不再需要的授权', 'Revoke those that are no longer needed'],
  ),
  // --- logging in ---
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
  // --- the counter ---
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
  PURPOSE_NOT_ALLOWED: problem(
    403,
    'caller',
    false,
    ['没有获准用于此用途', 'The client has not been given this purpose'],
    ['请网关运维为该接入方登记用途', 'Have the operators register the purpose for your client'],
  ),
  IDENTITY_CODE_INVALID: problem(
    422,
    'caller',
    false,
    ['不是本网关签发的身份码', 'That is no code of this gateway'],
    ['请本人重新出示身份码', 'Ask the person to show a new code'],
  ),
  IDENTITY_CODE_UNKNOWN: problem(
    404,
    'caller',
    false,
    ['数字码不存在、已使用或已失效', 'No such digits are open: they are wrong, used or over'],
    ['核对数字和用途; 仍不行请本人重新出示', 'Compare digits and purpose, or ask the person for new ones'],
  ),
  IDENTITY_CODE_PURPOSE: problem(
    409,
    'caller',
    false,
    ['身份码不是为此用途出示的', 'The code was made for another purpose'],
    ['请本人按您的用途重新出示', 'Ask the person for a code for your purpose'],
  ),
  IDENTITY_CODE_USED: problem(
    409,
    'caller',
    false,
    ['身份码已被使用', 'The code has been used'],
    ['每个码只能用一次, 请本人重新出示', 'A code works once; ask the person for a new one'],
  ),
  IDENTITY_CODE_ENDED: problem(
    410,
    'caller',
    false,
    ['身份码已过期', 'The code has ended'],
    ['身份码一分钟内有效, 请本人重新出示', 'A code lives for a minute; ask the person for a new one'],
  ),
  IDENTITY_CODE_CALLED_BACK: problem(
    410,
    'caller',
    false,
    ['身份码已被本人收回', 'The person has called the code back'],
    ['如仍需核验, 请本人重新出示', 'If it is still needed, ask the person for a new one'],
  ),
  DESK_LINK_INVALID: problem(
    403,
    'caller',
    false,
    ['前台链接无效、已到期或已撤销', 'The desk’s link is not valid, has ended or was revoked'],
    ['请网关运维发给新的链接', 'Ask the operators of the gateway for a new link'],
  ),
  // --- matters and applications ---
  MATTER_NOT_FOUND: problem(
    404,
    'caller',
    false,
    ['没有这个事项', 'There is no such matter'],
    ['在 /api/v1/matters 中查找', 'Search in /api/v1/matters'],
  ),
  MATTER_NOT_FILEABLE: problem(
    409,
    'caller',
    false,
    ['该事项目前不能申报', 'The matter cannot be filed now'],
    ['查看其状态与可办地区', 'Look at its state and where it is offered'],
  ),
  MATTER_NOT_OFFERED: problem(
    409,
    'caller',
    false,
    ['该城市不办理此事项', 'That city does not offer the matter'],
    ['选择 availability 所列城市', 'Choose a city that its availability lists'],
  ),
  MATTER_VERSION_EXPIRED: problem(
    409,
    'caller',
    false,
    ['事项版本已失效', 'That version of the matter is over'],
    ['按现行版本重新填写', 'Fill in the version in force'],
  ),
  MATTER_NO_EQUIVALENT: problem(
    409,
    'caller',
    false,
    ['目标地区没有对应事项', 'The target region has no equivalent matter'],
    ['选择有对应事项的地区', 'Choose a region that has an equivalent'],
  ),
  DIVISION_UNKNOWN: problem(
    404,
    'caller',
    false,
    ['不认识的区划代码', 'The division is not known'],
    ['使用 /api/v1/cities 所列代码', 'Use a code that /api/v1/cities lists'],
  ),
  REGION_NOT_CONNECTED: problem(
    503,
    'gateway',
    true,
    ['该地区尚未接入', 'That region is not connected'],
    ['稍后再试或到窗口办理', 'Try later, or go to a window'],
  ),
  CONVERSION_INCOMPLETE: problem(
    422,
    'caller',
    false,
    ['目标地区必需的内容缺失', 'The target needs something that is missing'],
    ['补齐 errors 所列字段', 'Add the fields that errors names'],
  ),
  UPLOAD_NOT_FOUND: problem(
    422,
    'caller',
    false,
    ['没有这个上传文件', 'There is no such upload'],
    ['先上传文件', 'Upload the file first'],
  ),
  FILE_TYPE_UNSUPPORTED: problem(
    415,
    'caller',
    false,
    ['文件类型不支持', 'The type of file is not supported'],
    ['使用 PDF, OFD, JPEG 或 PNG', 'Use PDF, OFD, JPEG or PNG'],
  ),
  FILE_EMPTY: problem(
    422,
    'caller',
    false,
    ['文件为空', 'The file is empty'],
    ['选择有内容的文件', 'Choose a file with content'],
  ),
  // --- cases ---
  // --- photos and licences ---
  PICTURE_UNUSABLE: problem(
    422,
    'caller',
    false,
    ['图片无法使用', 'The picture cannot be used'],
    ['按 errors 所说换一张照片', 'Choose another photo, as errors says'],
  ),
  PICTURE_DOES_NOT_FIT: problem(
    422,
    'caller',
    false,
    ['照片不符合证件要求', 'The photo does not fit the rule of the document'],
    ['按 errors 所说重拍或换一张', 'Take or choose another photo, as errors says'],
  ),
  PICTURES_BUSY: problem(
    503,
    'gateway',
    true,
    ['正在处理的照片太多', 'Too many photos are being worked on'],
    ['稍后重试', 'Try again later'],
  ),
  HOLDER_MISMATCH: problem(
    403,
    'region',
    false,
    ['姓名与证件号码在该地区不一致', 'The region knows the number under another name'],
    ['请持有人向该地区核对登记的姓名', 'Let the holder ask that region which name it has on record'],
  ),
  PHOTO_NOT_FOUND: problem(
    404,
    'caller',
    false,
    ['没有可用的照片', 'There is no such photo for you'],
    ['重新查询照片库, 或现场拍摄上传', 'Ask the photo library again, or take a new photo'],
  ),
  LICENCE_NOT_FOUND: problem(
    404,
    'caller',
    false,
    ['没有可用的证照', 'There is no such licence for you'],
    ['重新查询电子证照, 或上传纸质证照的扫描件', 'Ask for the licences again, or upload a scan of the paper'],
  ),
  LICENCE_NOT_VALID: problem(
    409,
    'caller',
    false,
    ['证照不在有效状态', 'The licence is not valid'],
    ['请向发证机关换领, 或改用其他材料', 'Have it renewed by its issuer, or hand in another document'],
  ),
  NOT_OFFERED: problem(
    501,
    'region',
    false,
    ['该地区不提供这项查询', 'The region does not offer this'],
    ['改用上传的方式', 'Upload the document instead'],
  ),
  CONSENT_REQUIRED: problem(
    403,
    'caller',
    false,
    ['需要持有人的单独同意', 'The holder has not agreed to this'],
    [
      '先请持有人就这件事、这一接收方单独同意',
      'Let the holder agree first: to this purpose, this matter and this receiver',
    ],
  ),
  CONSENT_WITHDRAWN: problem(
    403,
    'caller',
    false,
    ['持有人已撤回同意, 或同意已到期', 'The holder has withdrawn the consent, or it has ended'],
    ['请持有人重新同意, 或改用上传的材料', 'Ask the holder again, or hand in an uploaded document'],
  ),
  CONSENT_WORDING_CHANGED: problem(
    409,
    'caller',
    true,
    ['同意书的文字与所示的不同', 'The words of the consent are not those that were shown'],
    ['重新取得文字, 展示给持有人后再提交', 'Fetch the words again, show them, and send their digest'],
  ),
  CONSENT_NOT_FOUND: problem(
    404,
    'caller',
    false,
    ['没有这项同意', 'There is no such consent'],
    ['检查标识; 只能看到本人的', 'Check its id; only your own are shown'],
  ),
  GUARDIAN_REQUIRED: problem(
    403,
    'caller',
    false,
    ['未满十四周岁须由监护人同意', 'Below fourteen a guardian must agree'],
    ['请监护人用自己的账号登录, 输入同意码', 'Let a guardian log in with an own account and enter the code'],
  ),
  GUARDIAN_UNFIT: problem(
    403,
    'caller',
    false,
    ['此账号不能作为监护人同意', 'This account cannot agree as a guardian'],
    [
      '须由另一位年满十八周岁、实名等级足够的人登录同意',
      'Another person of full age with a sufficient level must agree',
    ],
  ),
  GRANT_UNKNOWN: problem(
    404,
    'caller',
    false,
    ['没有这个取件码', 'There is no such code for you'],
    [
      '核对取件码、接收方与用途, 或请持有人重新生成',
      'Check code, receiver and purpose, or ask the holder for a new one',
    ],
  ),
  GRANT_USED: problem(
    410,
    'caller',
    false,
    ['取件码已经用过', 'The code was used before'],
    ['请持有人重新生成', 'Ask the holder for a new one'],
  ),
  GRANT_ENDED: problem(
    410,
    'caller',
    false,
    ['取件码已过期', 'The code has ended'],
    ['请持有人重新生成', 'Ask the holder for a new one'],
  ),
  RECEIVER_UNFIT: problem(
    422,
    'caller',
    false,
    ['接收方不能接收', 'The receiver cannot receive this'],
    [
      '接收方须在客户端目录中, 有相应权限, 并有加密公钥 (use=enc)',
      'The receiver must be a client with the scope and a public key for encryption (use=enc)',
    ],
  ),
  PHOTO_UNFIT: problem(
    422,
    'caller',
    false,
    ['照片不符合要求', 'The photo does not fit'],
    ['按 errors 所列的原因重拍', 'Take it again, after what errors says'],
  ),
  LICENCE_UNAVAILABLE: problem(
    409,
    'region',
    true,
    ['暂时取不到电子证照', 'The licence cannot be fetched now'],
    ['稍后再试, 或上传这份材料', 'Try again later, or upload the document'],
  ),
  CASE_NOT_FOUND: problem(
    404,
    'caller',
    false,
    ['没有这个办件', 'There is no such case'],
    ['检查办件标识', 'Check its id'],
  ),
  STATE_CONFLICT: problem(
    409,
    'caller',
    false,
    ['办件当前状态不允许此操作', 'The case is not in a state that allows it'],
    ['查看办件当前状态', 'Look at its present status'],
  ),
  RESULT_NOT_READY: problem(
    409,
    'caller',
    true,
    ['尚无结果文书', 'There is no result document yet'],
    ['办结后再取', 'Ask again after it is concluded'],
  ),
  RESULT_WITHOUT_DOCUMENT: problem(
    404,
    'caller',
    false,
    ['办件已经结束, 没有结果文书', 'The case has ended without a result document'],
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
    ['继续办理已有的办件', 'Go on with the case that is open'],
  ),
  // --- who looked ---
  ACCESS_NOT_FOUND: problem(
    404,
    'caller',
    false,
    ['没有这条查看记录', 'There is no such record of access'],
    [
      '检查标识; 只能看到本人的, 过了保存期的已删除',
      'Check its id; only your own are shown, and old ones are forgotten',
    ],
  ),
  QUESTION_ASKED: problem(
    409,
    'caller',
    false,
    ['这条记录已经问过了', 'This record has been asked about'],
    ['每条记录可问一次; 在查看记录中看答复', 'One question a record: the answer appears beside the record'],
  ),
  QUESTION_TO_ONESELF: problem(
    409,
    'caller',
    false,
    ['这是您本人的查看', 'This was your own look'],
    ['只能就他人的查看提问', 'Ask about looks of others'],
  ),
  QUESTION_NOT_FOUND: problem(
    404,
    'caller',
    false,
    ['没有问给您的这个问题', 'No such question was put to you'],
    ['检查标识; 只有被问的一方可以答复', 'Check its id; only the body that was asked can answer'],
  ),
  QUESTION_ANSWERED: problem(
    409,
    'caller',
    false,
    ['这个问题已经答复', 'This question has been answered'],
    ['答复不能更改', 'An answer is not changed'],
  ),
  QUESTION_FOR_THE_BODY: problem(
    403,
    'caller',
    false,
    ['由被问的一方自己办理', 'Questions are for the body itself'],
    ['用接入方自己的令牌, 不用某个人的', 'Use a token of the client itself, not one for a person'],
  ),
  // --- regions ---
  REGION_UNAVAILABLE: problem(
    503,
    'region',
    true,
    ['该地区暂时没有应答', 'The region does not answer'],
    ['稍后再试; 已提交的申请会自动重发', 'Try later; a filed application is sent again by itself'],
  ),
  REGION_BUSY: problem(
    503,
    'region',
    true,
    ['该地区系统繁忙', 'The region is busy'],
    ['稍后再试', 'Try later'],
  ),
  REGION_AUTH: problem(
    502,
    'gateway',
    true,
    ['与该地区的身份校验失败', 'The region refuses our credentials'],
    ['联系网关运维', 'Tell the operators of the gateway'],
  ),
  REGION_REJECTED: problem(
    422,
    'region',
    false,
    ['该地区未接受', 'The region did not take it'],
    ['按其说明改正', 'Correct what it names'],
  ),
  REGION_ANSWER_INVALID: problem(
    502,
    'region',
    true,
    ['该地区的应答不符合约定', 'The region answered against its contract'],
    ['稍后再试', 'Try later'],
  ),
  STATUS_UNKNOWN: problem(
    502,
    'region',
    false,
    ['不认识的状态代码', 'The region sent a status code that we do not know'],
    ['保留原值, 等待核实', 'It is kept as it came; somebody looks at it'],
  ),
  FIELD_UNREADABLE: problem(
    422,
    'caller',
    false,
    ['字段缺失或无法读取', 'A field is missing or cannot be read'],
    ['改正所列字段', 'Correct the field that is named'],
  ),
  CODE_UNKNOWN: problem(
    422,
    'caller',
    false,
    ['不认识的代码', 'The code is not known'],
    ['使用代码表所列值', 'Use a value of the code table'],
  ),
  // --- ourselves ---
  CONFIGURATION_INVALID: problem(
    500,
    'gateway',
    false,
    ['配置有误', 'The configuration is wrong'],
    ['改正所列变量', 'Correct the named variable'],
  ),
  INTERNAL: problem(
    500,
    'gateway',
    true,
    ['网关内部错误', 'The gateway failed'],
    ['凭请求编号报告', 'Report it with its request id'],
  ),
} satisfies Record<string, Problem>

/** A stable code of the table. */
export type ProblemCode = keyof typeof PROBLEMS

/** One field that is wrong, in the caller's own names. Sentences never hold what the caller sent. */
export interface FieldError {
  /** JSON Pointer into what the caller sent. */
  readonly pointer: string
  readonly code: string
  readonly zh: string
  readonly en: string
}

/** One wrong field. */
export const fault = (pointer: string, code: string, zh: string, en: string): FieldError => ({
  pointer,
  code,
  zh,
  en,
})

/** Facts name fields, codes and counts, never a person's values: they go into logs and answers. */
export type Facts = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

/** The one error that this project throws on purpose. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  readonly code: ProblemCode
  readonly facts: Facts
  readonly errors: readonly FieldError[]

  constructor(
    code: ProblemCode,
    facts: Facts = {},
    more: { errors?: readonly FieldError[]; cause?: unknown } = {},
  ) {
    const told = Object.entries(facts)
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(' ')
    super(told ? `${PROBLEMS[code].title.en}: ${told}` : PROBLEMS[code].title.en, { cause: more.cause })
    this.code = code
    this.facts = facts
    this.errors = more.errors ?? []
  }
}
