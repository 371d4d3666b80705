/** Causes of problems of cases, events, what is held of people, desks and regions. */

export const HELD_CAUSES = {
  MATTER_NOT_FOUND: [
    '事项标识写错了, 或者目录里没有它。',
    'The id is wrong, or no catalogue has the matter.',
  ],
  MATTER_NOT_FILEABLE: [
    '该地区把事项设为停办, 或只供查看、须到别处办理。',
    'The region has suspended the matter, or it is shown here and filed elsewhere.',
  ],
  MATTER_NOT_OFFERED: [
    'division 所写的城市不在该事项的可办范围内。',
    'The city in division is not among those that offer the matter.',
  ],
  DRAFT_NOT_FOUND: [
    '草稿已提交、已删除, 或超过 90 天未改而清除。',
    'The draft was filed or deleted, or was not touched for 90 days.',
  ],
  DRAFTS_TOO_MANY: ['一个人最多有三十份草稿。', 'One person keeps thirty drafts at most.'],
  DRAFT_IN_FILING: ['另一个页面或上一次点击正在提交它。', 'Another page, or the click before, is filing it.'],
  MATTER_VERSION_EXPIRED: [
    'matterVersion 是旧版本, 该地区已换了表单或材料。',
    'matterVersion names an old version: the region has changed its form or documents.',
  ],
  MATTER_NO_EQUIVALENT: [
    '目标地区没有基本编码相同或已对照的事项。',
    'The target region has no matter of the same base code, and none that was matched with it.',
  ],
  DIVISION_UNKNOWN: [
    '不是四地的六位区划代码, 或者是县级代码而此处要市级。',
    'It is no division of the four regions in six digits, or a district where a city is asked.',
  ],
  REGION_NOT_CONNECTED: ['地区目录中没有该地区。', 'The region directory does not have this region.'],
  CONVERSION_INCOMPLETE: [
    '目标地区的必填项在来件中没有, 也不能推算。',
    'The target demands something that the document does not have and that nothing tells.',
  ],
  UPLOAD_NOT_FOUND: [
    '上传标识写错了, 或者是别人上传的, 或已清除。',
    'The id is wrong, is another’s, or the upload was removed.',
  ],
  FILE_TYPE_UNSUPPORTED: [
    '文件开头的字节不是接受的类型; 扩展名不算数。',
    'The first bytes are of no type that is taken; the name does not count.',
  ],
  FILE_EMPTY: ['文件有名字, 没有内容。', 'The file has a name and no content.'],
  CASE_NOT_FOUND: [
    '标识写错了, 或者您不是这个办件的当事方: 不加区分。',
    'The id is wrong, or you are no party to the case: the two are not told apart.',
  ],
  CASE_FILED_ELSEWHERE: [
    '办件由地区列出, 不是经本网关提交的, 只能查看。',
    'The case was listed by its region and not filed through this gateway: it can only be read.',
  ],
  STATE_CONFLICT: [
    '例如没有补正通知时提交补正, 或者办结后撤回。',
    'A correction that nobody asked for, say, or a withdrawal after the end.',
  ],
  REMINDER_TOO_EARLY: ['24 小时之内已经催过一次。', 'It was reminded of within the last 24 hours.'],
  RESULT_NOT_READY: [
    '办件还没有办结, 或者该地区还没有给出文书。',
    'The case is not concluded, or its region has not given the document yet.',
  ],
  RESULT_WITHOUT_DOCUMENT: [
    '该地区办结时没有给出文书。',
    'The region concluded the case without a document.',
  ],
  DUPLICATE_CASE: [
    '该地区对同一申请人、同一事项只收一件未办结的。',
    'The region takes one open case of a matter for each applicant.',
  ],
  RATED_ALREADY: ['这一轮评价已经给出。', 'The rating of this round was given.'],
  RATING_REASON_REQUIRED: [
    'GB/T 39735 要求差评说明原因。',
    'GB/T 39735 wants a reason for the two worst grades.',
  ],
  RATING_BY_APPLICANT: ['评价的是受托人, 不是申请人。', 'An agent rates, not the applicant.'],
  RATING_FIRST_MISSING: ['追评 (round 2) 先于评价。', 'A follow-up (round 2) came before the first rating.'],
  CURSOR_FOREIGN: [
    '游标来自别的接入方, 或者被改动。',
    'The cursor was given to another client, or was changed.',
  ],
  CLIENT_REQUIRED: [
    '令牌代表某个人, 而订阅和事件流属于系统。',
    'The token stands for a person, and subscriptions and the feed belong to systems.',
  ],
  SUBSCRIPTION_NOT_FOUND: [
    '标识写错了, 或已取消, 或是别的接入方的。',
    'The id is wrong, was ended, or is another client’s.',
  ],
  SUBSCRIPTIONS_TOO_MANY: ['一个接入方最多二十个订阅。', 'A client has twenty subscriptions at most.'],
  WEBHOOK_ADDRESS_REFUSED: [
    '地址不是 https, 主机没有登记, 或者指向内部网络。',
    'The address is not https, its host is not registered, or it leads into a private network.',
  ],
  PICTURE_UNUSABLE: [
    '文件不是完整的 JPEG 或 PNG, 或者太小、太大、被截断。',
    'The file is no whole JPEG or PNG, or it is too small, too large or cut off.',
  ],
  PICTURE_DOES_NOT_FIT: [
    '按证件要求裁剪、压缩之后, 像素或字节仍不合要求。',
    'Even cut and encoded, its pixels or bytes do not fit the rule.',
  ],
  PICTURES_BUSY: [
    '处理图片要占内存, 同时只做几张。',
    'Pictures take memory, and only so many are worked on at once.',
  ],
  PHOTOS_TOO_MANY: ['自己拍的照片最多保存二十张。', 'Twenty photos of one’s own are kept.'],
  HOLDER_MISMATCH: [
    '该地区以另一个姓名登记了这个证件号码。',
    'The region has this number under another name.',
  ],
  PHOTO_NOT_FOUND: [
    '标识不是本人的照片, 或者该地区已不再持有。',
    'It is no photo of this person, or its region holds it no more.',
  ],
  LICENCE_NOT_FOUND: [
    '标识不是本人的证照, 或者该地区已不再持有。',
    'It is no licence of this person, or its region holds it no more.',
  ],
  LICENCE_NOT_VALID: ['证照已过期、注销或撤销。', 'The licence has run out, was cancelled or revoked.'],
  NOT_OFFERED: ['该地区的接口没有这项功能。', 'The region’s interface has nothing for this.'],
  CONSENT_REQUIRED: [
    '没有持有人对这份材料、这一用途、这一接收方的同意。',
    'There is no consent of the holder for this item, this purpose and this receiver.',
  ],
  CONSENT_WITHDRAWN: [
    '同意在此之前被收回, 或过了期限; 收回立即生效。',
    'The consent was withdrawn or has ended; a withdrawal counts at once.',
  ],
  CONSENT_WORDING_CHANGED: [
    '提交的摘要与现在的同意书不一致, 或没有先展示文字。',
    'The digest is not that of the words as they are now, or the words were never shown.',
  ],
  CONSENT_NOT_FOUND: ['标识写错了, 或者不是本人的同意。', 'The id is wrong, or the consent is another’s.'],
  GUARDIAN_REQUIRED: [
    '持有人未满十四周岁, 其同意还在等监护人。',
    'The holder is below fourteen, and the consent still waits for a guardian.',
  ],
  GUARDIAN_UNFIT: [
    '登录的是孩子本人、未成年人, 或代表单位的账号。',
    'The child itself is logged in, or somebody below eighteen, or an account of a firm.',
  ],
  GRANT_UNKNOWN: [
    '取件码写错了, 或者是给另一个接收方的: 不加区分。',
    'The code is wrong, or for another receiver: the two are not told apart.',
  ],
  GRANT_USED: ['取件码只能用一次。', 'A code works once.'],
  GRANT_ENDED: ['取件码五分钟后失效。', 'A code ends after five minutes.'],
  RECEIVER_UNFIT: [
    '接收方不在客户端目录中, 没有相应权限, 或没有加密公钥。',
    'The receiver is not in the client directory, lacks the scope, or has no key to encrypt to.',
  ],
  PHOTO_UNFIT: ['照片不符合该材料的要求。', 'The photo does not fit the rule of that document.'],
  LICENCE_UNAVAILABLE: [
    '该地区现在给不出证照文件。',
    'The region cannot give the licence’s file at present.',
  ],
  ACCESS_NOT_FOUND: ['记录不是本人的, 或已过保存期。', 'The record is another’s, or its time is over.'],
  QUESTION_ASKED: ['已经就这条记录问过一次。', 'The record was asked about before.'],
  QUESTION_TO_ONESELF: ['查看的人就是您自己。', 'Whoever looked was you.'],
  QUESTION_NOT_FOUND: ['问题不是问给该接入方的。', 'The question was not put to this client.'],
  QUESTION_ANSWERED: ['同一问题已经答复过。', 'The question was answered before.'],
  QUESTION_FOR_THE_BODY: [
    '令牌代表某个人, 而问题是问给单位的。',
    'The token stands for a person, and questions are put to a body.',
  ],
  CLERK_LINK_INVALID: ['入职链接一天内有效, 只能用一次。', 'A clerk’s link is good for a day, and once.'],
  CLERK_CODE_WRONG: [
    '验证码每半分钟换一次, 每个只能用一次; 手机时间也可能不准。',
    'Codes change every half minute and work once; the phone’s clock may be wrong.',
  ],
  CLERK_LOCKED: ['十五分钟内输错五次。', 'Five wrong codes within a quarter of an hour.'],
  CLERK_REQUIRED: [
    '专窗半小时无操作, 或已登录十小时。',
    'The desk was at rest for half an hour, or logged in for ten.',
  ],
  DESK_CASE_NOT_FOUND: [
    '收件不属于这个窗口, 或已清空。',
    'The case belongs to another desk, or was emptied.',
  ],
  DESK_STEP_MISSING: ['后面的步骤依赖前面的。', 'A later step stands on an earlier one.'],
  DESK_FIELD_KNOWN: [
    '这一项由登录或证照得知, 不许手填改写。',
    'Log-in or licence tells this field, and nobody types over it.',
  ],
  DESK_CHANGED: ['同一窗口的另一人刚改了它。', 'Somebody else at the desk has just changed it.'],
  CERTIFIER_SAME: [
    '核对原件的人不能是扫描的人: 两人各看一次。',
    'Two people look: whoever certifies is not the one who scanned.',
  ],
  CUSTODY_ORDER: ['纸质材料的交接须按顺序逐步登记。', 'Papers are handed over step by step, in order.'],
  REGION_UNAVAILABLE: [
    '该地区的平台没有应答: 维护、网络中断, 或者网关在连续失败后暂停询问它。',
    'The region’s platform does not answer: maintenance, a broken line, or the gateway rests after failures.',
  ],
  REGION_BUSY: ['该地区说自己太忙。', 'The region says that it is too busy.'],
  REGION_AUTH: [
    '地区目录里的凭据不对或已更换, 或者两边时钟不一致。',
    'The credentials in the region directory are wrong or were changed, or the two clocks differ.',
  ],
  REGION_REJECTED: [
    '该地区按自己的规则拒绝了内容, facts 里有它的代码。',
    'The region refused the content by its own rules; facts has its code.',
  ],
  REGION_ANSWER_INVALID: [
    '该地区的应答缺少约定的字段, 或者读不出来。',
    'The answer lacks what the contract promises, or cannot be read.',
  ],
  STATUS_UNKNOWN: [
    '该地区用了约定之外的状态代码; 网关不猜测。',
    'The region used a status that its contract does not name; the gateway does not guess.',
  ],
  FIELD_UNREADABLE: [
    '以地区格式发来的内容缺少一项, 或写法读不出来。',
    'A document in a region’s dialect lacks a field, or has one that cannot be read.',
  ],
  CODE_UNKNOWN: [
    '以地区格式发来的内容里有代码表之外的代码。',
    'A document in a region’s dialect has a code that is in no table.',
  ],
  CONFIGURATION_INVALID: [
    '环境变量、配置文件或命令行选项有误, 进程不会启动。',
    'An environment variable, a file or an option is wrong, and the process does not start.',
  ],
  INTERNAL: [
    '网关自身出错, 已按请求编号记下。',
    'The gateway itself failed; it is written down under the request’s number.',
  ],
} as const
