/** The Chinese of what operations, parameters and good answers say: the document has both, Chinese first. */
import { CHINESE_ANSWERS } from './chinese-answers.ts'
import type { Operation } from './words.ts'

const PARAMETERS: Readonly<Record<string, string>> = {
  'Six digits, GB/T 2260': '六位, GB/T 2260',
  'Part of the name': '名称的一部分',
  'One region': '一个地区',
  'Six digits': '六位区划代码',
  'person, organisation …': '面向谁: person 自然人, organisation 组织 …',
  Domain: '领域',
  'online, onBehalf, joint': '全程网办、代收代办、多地联办',
  'matter or service': '事项或服务',
  'true or false': 'true 或 false',
  '1 to 100, 20 unless told': '1 到 100, 不写为 20',
  'Opaque; from nextCursor': '取自 nextCursor, 原样带回',
  'Matter id': '事项标识',
  'The version in force then': '当时有效的版本',
  'Regions, comma-joined': '地区, 用逗号隔开',
  'Six digits; a district stands for its city': '六位; 区县算作所在的市',
  'Region or canonical': '地区, 或 canonical (统一格式)',
  'matter, application, case': '事项、申请、办件之一',
  Region: '地区',
  'Matter id: windows that take it, or an equivalent of it': '事项标识: 只要能办它或其对应事项的窗口',
  'lon,lat in WGS-84: nearest first, with the distance in metres': '经度,纬度 (WGS-84): 由近到远, 并给出米数',
  'RFC 3339 with its offset: only windows that are known to be open then':
    'RFC 3339, 带时区: 只要确知当时开门的窗口',
  '专窗 alone, or the others alone': '只要跨省通办专窗, 或只要其余的',
  'Window id': '窗口标识',
  'RFC 3339 with its offset: whether it is open then; now unless told':
    'RFC 3339, 带时区: 当时是否开门; 不写为现在',
  'giver or receiver; both when absent': '给出的或受托的; 不写为两者',
  Optional: '可不写',
  'Does all checks and leaves nothing behind': '做全部检查, 什么也不留下',
  'Mandate id': '授权标识',
  'Code id': '身份码标识',
  'One new key an application': '每份申请一个新的键',
  'Statuses, comma-joined': '状态, 用逗号隔开',
  'RFC 3339': 'RFC 3339 时刻',
  '* (all 41, the default), home, known, or divisions joined by commas':
    '* 全部 41 座 (默认), home, known, 或用逗号隔开的区划',
  'Six digits: one city': '六位: 一座城市',
  'Case id': '办件标识',
  'The newest hundred events of its timeline come with it': '附上最近一百件经过',
  'The case as it was known then: made of what had been received': '当时所知的办件, 由当时已收到的算出',
  'Sequence of the last event that is known': '已知的最后一件的序号',
  '1 to 1000, 100 unless told; pages only': '1 到 1000, 不写为 100; 只用于分页',
  'As after, and newer than it: what a browser says when it comes again':
    '与 after 相同, 比它新: 浏览器重新连接时所说的',
  'Number of the document, from 0': '第几份文书, 从 0 起',
  'ETag of the case': '办件的 ETag',
  'Opaque; from nextCursor. From the first event when left out': '取自 nextCursor; 不写从第一件起',
  'Types of events, comma-joined: status, note, dispatch, reminder': '事件种类, 用逗号隔开',
  '1 to 1000, 100 unless told': '1 到 1000, 不写为 100',
  'Subscription id': '订阅标识',
  'The same key and body get the first answer again': '同一键和内容得到第一次的回答',
  'Photo id': '照片标识',
  Code: '取件码',
  'Must be the grant’s when it is given': '写了就须与取件码的用途一致',
  'One kind alone': '只要一种',
  'Licence id': '证照标识',
  'Consent id': '同意的标识',
  'granted, refused, or the problem code of a refusal': '准予、拒绝, 或拒绝的问题代码',
  'The id of one body': '一个单位的标识',
  'hide leaves out one’s own looks': 'hide 不列出本人的查看',
  'Record id': '记录标识',
  'open: without an answer alone': 'open: 只要还没有答复的',
  'Question id': '问题标识',
}

const OPERATIONS: Readonly<Record<string, string>> = {
  readMatter: '用 application/json; profile=<地区> 说该地区自己的格式',
  readForecast: '最近办结的件里, 一半和九成在多少个工作日内办完, 从受理算起; 不到 30 件时是 null',
  preflight: '什么也不保留, 也不问任何地区。',
  listWindows: '开放时间按国务院的放假安排, 包括调休。没有回答的城市写在 completeness 里, 并说明窗口是何时的',
  readFigures:
    '最近 12 个月各地区各城市的办件量、网上办理占比、时长中位数、补正率和好评率, 每小时更新。小的数字是 null, 相邻的有时也是, 使总数相减得不出',
  readMe: '需要某个人的令牌: 来自登录或令牌交换。',
  acceptMandate: '带 dryRun=true 时只说明授权码代表什么, 码仍可使用。',
  declineMandate: '谢绝发起的授权须带授权码; 放弃已接受的不带请求体。',
  makeCode: '给登录的本人 (实名等级 3 以上), 一种用途, 60 秒。先前的码随即收回。',
  callCodeBack: '立即生效, 各个进程都是。已用过或过期的保持原样。',
  verifyPerson:
    '二维码的内容或十位数字, 只能用一次; 接入方须登记了该用途。每次扫码本人都看得到。没有试运行, 也不重复回答: 断线后请本人出示新码。',
  fileCase: '用 application/json; profile=<地区> 说该地区自己的格式',
  listMyCases:
    '同时问每座城市。经本网关提交的和地区列出的合成一个列表, 新的在前, 各出现一次。0.65 秒内没有回答的城市会说明, 已知的仍在, 标为 cached。翻页 (cursor) 不再问任何城市。',
  readCase: '用 application/json; profile=<地区> 说该地区自己的格式',
  readEvents:
    '一页; 或以 Accept: text/event-stream 得到某件之后的全部, 再等新的。流最晚随令牌结束, 带 Last-Event-ID 接着读。',
  readMessages: '最近 1,000 件经过; earlierEvents 说明之前还有多少。',
  remindCase: '轮到办理地区时可催, 24 小时一次。它出现在经过和事件流里; 没有地区接收催办',
  readRatings:
    '每次评价到了哪里: 在路上、已送达、被退回、或该地区不收而留在这里。没有地区的接口带回部门的回复, 所以这里没有',
  rateCase: '决定后评一次, 以后再追评一次 (round 2)。最差的两等须有原因。由申请人评, 受托人不能',
  readFeed:
    '从给过该接入方的任何游标都能接着读。nextCursor 总在; 与带来的相同时表示到头。只要某些种类时, 中间的一页可能是空的。',
  subscribe: '密钥只在这一次回答里。推送什么、怎样签名, 见 /asyncapi.json。',
  listPhotos:
    '同时问许多城市, 各来源分开。0.9 秒内没有回答的城市会说明, 上次的回答仍在, 标为 cached。回答里没有图片。',
  capturePhoto:
    '一张 JPEG 或 PNG, 不超过 20 MiB, 作为表单的 file 或请求体。去掉附带信息重新绘制, 供本人的申请使用: 没有地区的接口收它。',
  judgePhoto: '取来图片并判断。要有人看脸才能判断的, 会说没有检查。',
  preparePhoto:
    '在对接收方 region:{区划} 的同意之下: 按要求裁剪、缩放、编码, 不加水印, 成为申请的上传。只在同意有效时送出。',
  grantPhoto:
    '一个接收方、一种用途、一个事项; 五分钟内用一次。请求体没有写同意时, 这次就是一项同意, 在列表里, 可以收回。',
  redeemPhoto:
    '由指定的接收方在五分钟内取一次。核对身份用的图片带可见标记, 用于材料的不带。地区没有回答时, 取件码保持原样。',
  listLicences: '与照片相同。号码打码; 打开一份才说全。',
  grantLicence:
    '一个接收方、一种用途、一个事项; 五分钟内用一次。请求体没有写同意时, 这次就是一项同意, 在列表里, 可以收回。',
  redeemLicence: '与照片相同: 证照及其文件。',
  verifyLicence: '立即核对标识的格式和校验位; 所给内容足够时再问发证地区, 不够时 region.missing 说明缺什么。',
  giveConsent:
    '试运行给出文字及其摘要; 先展示给本人, 再连同摘要提交。未满十四周岁时回答 202, 带监护人的同意码。',
  agreeAsGuardian: '只带同意码: 说明要同意什么。再带文字的摘要: 同意。',
  withdrawConsent: '立即生效: 从这一刻起不再交出, 无论进行到哪里。',
  listAccesses:
    '本人 (或其代表的单位) 的每次查看、交出和被拒, 新的在前, 一秒内出现。只对一地有效的令牌读不到。',
  readAccessNotice: '在本站页面上: 每次 (默认)、每天最多一次, 或不提示。',
  askWhy: '每条记录一次。五个工作日内答复; 途中某年的放假安排尚未公布时, 日期是暂定的。没有试运行。',
  listQuestions: '新的在前。给系统自身: 某个人的令牌会被拒绝。',
  answerWhy: '由被问的一方答一次, 本人在记录旁看到。没有试运行。',
}

type Named = { readonly description?: string }

/** Both languages, where the Chinese is known. */
const both = (english: string, chinese: string | undefined): string =>
  chinese === undefined ? english : `${chinese} · ${english}`

const told = <T extends Named>(one: T, words: Readonly<Record<string, string>>): T =>
  one.description === undefined ? one : { ...one, description: both(one.description, words[one.description]) }

/** The operation, told in both languages. */
export function withChinese(operation: Operation): Operation {
  const { operationId, summary, description = summary, parameters, responses } = operation
  return {
    ...operation,
    description: description === summary ? summary : both(description, OPERATIONS[operationId]),
    ...(parameters ? { parameters: parameters.map((one) => told(one, PARAMETERS)) } : {}),
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, answer]) => [status, told(answer, CHINESE_ANSWERS)]),
    ),
  }
}
