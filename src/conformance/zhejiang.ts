/** What the contract of Zhejiang requires of its platform. */
import {
  answering,
  guarded,
  must,
  type OperationRow,
  readable,
  refuses,
  refusesUnsigned,
  repeats,
  SOME,
  speaksUtf8,
} from './judge.ts'
import type { Contract } from './model.ts'

const NUMBER = /^\d{21}$/
const WHEN = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/
const SHA = /^[0-9a-f]{64}$/
const PARAM = { codes: ['C-AFFAIR-PARAM-INVALID'] }
const UNKNOWN = { codes: ['C-AFFAIR-PROJ-NOT-EXIST'] }
const CONFLICT = { codes: ['C-AFFAIR-STATE-CONFLICT'] }
const SHARED = { codes: ['04'] }
const NOBODY = '330101990105999999999'

const OPERATIONS: readonly OperationRow[] = [
  [
    'sharing-token',
    'catalogue',
    '3.2',
    '共享密钥',
    'Sharing secrets',
    {
      refreshSecret: SOME,
      requestSecret: SOME,
      refreshSecretEndTime: /^\d{13}$/,
      requestSecretEndTime: /^\d{13}$/,
    },
  ],
  [
    'matter-list',
    'catalogue',
    '4.a.1',
    '事项列表',
    'List of matters',
    { QL_INNER_CODE: /^\d{20}$/, QL_STATE: SOME, QL_NAME: SOME, BJTYPE: SOME, QL_KIND: SOME },
  ],
  [
    'matter-detail',
    'matter',
    '4.a.2',
    '事项详情',
    'One matter',
    { QL_INNER_CODE: /^\d{20}$/, QL_NAME: SOME, MATERIAL_INFO: /^<DATAAREA>/, FORM_INFO: /^\[/ },
  ],
  ['projid-get', 'submit', '4.b.1', '取办件号', 'Number of a case', { projId: NUMBER }],
  [
    'material-upload',
    'submit',
    '4.d',
    '材料上传',
    'Upload',
    { attPath: SOME, attName: SOME, attSize: /^\d+$/, digest: SHA },
  ],
  ['apply-submit', 'submit', '4.b.2', '申报', 'Submission', { projId: NUMBER, projPwd: /^\d{6}$/ }],
  [
    'apply-correct',
    'correction',
    '4.b.3',
    '补正',
    'Correction',
    { projId: NUMBER, correctSeq: /^\d+$/, phaseCode: /^0[12]$/, doAction: /^[02]$/ },
  ],
  [
    'case-query',
    'status',
    '4.c.1',
    '办件状态',
    'State of a case',
    {
      projId: NUMBER,
      matterCode: /^\d{20}$/,
      areaCode: /^33\d{4}$/,
      phaseCode: /^0[0-5]$/,
      doAction: /^\d$/,
      gmtApply: WHEN,
      gmtUpdate: WHEN,
    },
  ],
  ['material-download', 'result', '4.d', '材料下载', 'Download'],
  ['sso-exchange', 'log-in', '4.e', '票据换令牌', 'Ticket for a token', { accessToken: SOME }],
  ['sso-userinfo', 'log-in', '4.e', '用户信息', 'Who logged in', { userType: /^(PERSON|LEGAL_PERSON)$/ }],
  [
    'photo-query',
    'photo',
    '4.f',
    '照片查询',
    'Photo query',
    { photoId: SOME, source: SOME, contentType: /^image\/jpeg$/, expireSeconds: /^\d+$/ },
  ],
  [
    'photo-fetch',
    'photo',
    '4.f',
    '照片下载',
    'Photo file',
    { photoId: SOME, photoBase64: SOME, sha256: SHA },
  ],
  [
    'licence-query',
    'licence',
    '4.g',
    '证照查询',
    'Licence query',
    {
      certificate_source_id: SOME,
      certificate_name: SOME,
      certificate_type_code: SOME,
      certificate_status: /^\d\d$/,
      certificate_holder: SOME,
    },
  ],
  [
    'licence-fetch',
    'licence',
    '4.g',
    '证照下载',
    'Licence file',
    { certificate_source_id: SOME, file_base64: SOME },
  ],
  ['licence-verify', 'licence', '4.g', '证照核验', 'Licence verified', { verify_result: /^\d$/ }],
  ['rating-push', 'rating', '4.h', '好差评', 'Rating', { projectNo: NUMBER, assessNumber: /^[12]$/ }],
  ['health', 'health', '4.i', '健康检查', 'Health', { status: /^UP$/, gmtNow: WHEN }],
  [
    'case-list',
    'case-list',
    '4.j',
    '个人办件',
    'A person’s cases',
    {
      total: /^\d+$/,
      pageNo: /^1$/,
      'list.projId': NUMBER,
      'list.phaseCode': /^0[0-5]$/,
      'list.doAction': /^\d$/,
    },
  ],
  [
    'window-list',
    'windows',
    '4.k',
    '专窗',
    'Windows',
    { WINDOW_GUID: SOME, WINDOW_NAME: SOME, IS_CSJ: /^[01]$/ },
  ],
  [
    'case-withdraw',
    'withdraw',
    '4.l',
    '撤回',
    'Withdrawal',
    { projId: NUMBER, phaseCode: /^04$/, doAction: /^3$/, result: /^退件$/, resultDesc: /^申请人撤回$/ },
  ],
  [
    'case-result',
    'result',
    '4.m',
    '结果',
    'Result',
    { projId: NUMBER, result: SOME, 'attachMentVOs.attPath': SOME, 'attachMentVOs.digest': SHA },
  ],
]

const WRONG = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='

export const zhejiangContract: Contract = {
  region: 'zhejiang',
  requirements: [
    ...answering('ZJ', OPERATIONS),
    ...guarded(
      'ZJ',
      '3.1',
      OPERATIONS.map(([operation]) => operation),
      { codes: ['Invalid signature'], status: 401 },
      ({ headers }) => {
        headers['X-BG-HMAC-SIGNATURE'] = WRONG
      },
    ),
    ...readable('ZJ'),
    must('ZJ-1-charset', '1', '应答为 UTF-8 的 JSON。', 'Answers are JSON in UTF-8.', speaksUtf8),
    must(
      'ZJ-3.1-key',
      '3.1',
      '未知访问密钥：401 Invalid access key。',
      'An unknown access key: 401 Invalid access key.',
      refusesUnsigned('health', { codes: ['Invalid access key'], status: 401 }, ({ headers }) => {
        headers['X-BG-HMAC-ACCESS-KEY'] = 'NOBODY'
      }),
    ),
    must(
      'ZJ-3.1-algorithm',
      '3.1',
      '算法头缺失：401 Invalid signature。',
      'Without its algorithm: 401 Invalid signature.',
      refusesUnsigned('health', { codes: ['Invalid signature'], status: 401 }, ({ headers }) => {
        delete headers['X-BG-HMAC-ALGORITHM']
      }),
    ),
    must(
      'ZJ-3.1-skew',
      '3.1',
      '时间偏差超过 90 秒：401 Clock skew exceeded。',
      'A clock more than 90 s off: 401 Clock skew exceeded.',
      async (bench) => {
        const late = new Date(bench.now().getTime() - 91_000).toUTCString()
        await refusesUnsigned('health', { codes: ['Clock skew exceeded'], status: 401 }, ({ headers }) => {
          headers['X-BG-DATE-TIME'] = late
        })(bench)
      },
    ),
    must(
      'ZJ-3.1-query',
      '3.1',
      '查询串受签名保护。',
      'The query is covered by the signature.',
      refusesUnsigned('case-query', { codes: ['Invalid signature'], status: 401 }, ({ query }) => {
        query['projId'] = NOBODY
      }),
    ),
    must(
      'ZJ-3.2-app',
      '3.2',
      '未知 appKey：03。',
      'An unknown appKey: 03.',
      refuses('matter-list', { codes: ['03'] }, ({ query }) => {
        query['appKey'] = 'NOBODY'
      }),
    ),
    must(
      'ZJ-3.2-time',
      '3.2',
      'requestTime 不是 13 位：05。',
      'A requestTime that has not 13 digits: 05.',
      refuses('matter-list', { codes: ['05'] }, ({ query }) => {
        query['requestTime'] = '1'
      }),
    ),
    must(
      'ZJ-3.2-sign',
      '3.2',
      '共享签名错误：01。',
      'A wrong sharing signature: 01.',
      refuses('matter-list', { codes: ['01'] }, ({ query }) => {
        query['sign'] = '0'.repeat(32)
      }),
    ),
    must(
      'ZJ-4.a.1-missing',
      '4.a.1',
      '缺少必填参数：04。',
      'A missing parameter: 04.',
      refuses('matter-list', SHARED, ({ query }) => {
        delete query['pageNo']
      }),
    ),
    must(
      'ZJ-1-area',
      '1',
      '区划 330100 不被接受：04。',
      'The division 330100 is refused: 04.',
      refuses('matter-list', SHARED, ({ query }) => {
        query['BELONGXIAQUCODE'] = '330100'
      }),
    ),
    must(
      'ZJ-4.a.2-unknown',
      '4.a.2',
      '未知事项：06。',
      'An unknown matter: 06.',
      refuses('matter-detail', { codes: ['06'] }, ({ query }) => {
        query['QL_INNER_CODE'] = '33010100000000000000'
      }),
    ),
    must(
      'ZJ-4.b.1-matter',
      '4.b.1',
      '未知事项取号：C-AFFAIR-MATTER-NOT-EXIST。',
      'A number for an unknown matter: C-AFFAIR-MATTER-NOT-EXIST.',
      refuses('projid-get', { codes: ['C-AFFAIR-MATTER-NOT-EXIST'] }, ({ body }) => {
        if (body)
          body['param'] = String(body['param']).replace(
            /"matterCode":"\d{20}"/,
            '"matterCode":"33010100000000000000"',
          )
      }),
    ),
    must(
      'ZJ-4.b.2-missing',
      '4.b.2',
      '申报缺少必填成员：C-AFFAIR-PARAM-INVALID。',
      'A submission without a required member: C-AFFAIR-PARAM-INVALID.',
      refuses('apply-submit', PARAM, ({ body }) => {
        delete body?.['projectName']
      }),
    ),
    must(
      'ZJ-4.b.2-unknown-member',
      '1',
      '未列出的成员被拒绝：C-AFFAIR-PARAM-INVALID。',
      'A member that no table lists: C-AFFAIR-PARAM-INVALID.',
      refuses('apply-submit', PARAM, ({ body }) => {
        if (body) body['other'] = '1'
      }),
    ),
    must(
      'ZJ-4.b.2-format',
      '4.b.2',
      '格式错误的成员：C-AFFAIR-PARAM-INVALID。',
      'A member of another form: C-AFFAIR-PARAM-INVALID.',
      refuses('apply-submit', PARAM, ({ body }) => {
        if (body) body['gmtApply'] = '2026/01/01'
      }),
    ),
    must(
      'ZJ-4.b.2-number',
      '4.b.2',
      '未发放的办件号：C-AFFAIR-PROJ-NOT-EXIST。',
      'A number that was not given: C-AFFAIR-PROJ-NOT-EXIST.',
      refuses('apply-submit', UNKNOWN, ({ body }) => {
        if (body) body['projId'] = NOBODY
      }),
    ),
    must(
      'ZJ-4.b.2-repeat',
      '4.b.2',
      '同号同内容重复申报：返回首次结果。',
      'The same number with the same content: the first answer again.',
      repeats('apply-submit', 'projId', 'projPwd'),
    ),
    must(
      'ZJ-4.b.2-duplicate',
      '4.b.2',
      '同号不同内容：C-AFFAIR-PROJ-DUPLICATE。',
      'The same number with other content: C-AFFAIR-PROJ-DUPLICATE.',
      refuses('apply-submit', { codes: ['C-AFFAIR-PROJ-DUPLICATE'] }, ({ body }) => {
        if (body) body['memo'] = 'changed'
      }),
    ),
    must(
      'ZJ-4.b.3-repeat',
      '4.b.3',
      '同一补正重复提交：返回首次结果。',
      'The same correction again: the first answer again.',
      repeats('apply-correct', 'projId', 'correctSeq', 'phaseCode', 'doAction'),
    ),
    must(
      'ZJ-4.b.3-conflict',
      '4.b.3',
      '已答复的补正换内容：C-AFFAIR-STATE-CONFLICT。',
      'An answered correction with other content: C-AFFAIR-STATE-CONFLICT.',
      refuses('apply-correct', CONFLICT, ({ body }) => {
        if (body) body['memo'] = 'changed'
      }),
    ),
    must(
      'ZJ-4.b.3-missing',
      '4.b.3',
      '补正缺少必填成员：C-AFFAIR-PARAM-INVALID。',
      'A correction without a required member: C-AFFAIR-PARAM-INVALID.',
      refuses('apply-correct', PARAM, ({ body }) => {
        delete body?.['memo']
      }),
    ),
    must(
      'ZJ-4.c.1-unknown',
      '4.c.1',
      '未知办件号：C-AFFAIR-PROJ-NOT-EXIST。',
      'An unknown number: C-AFFAIR-PROJ-NOT-EXIST.',
      refuses('case-query', UNKNOWN, ({ query }) => {
        query['projId'] = NOBODY
      }),
    ),
    must(
      'ZJ-4.c.1-password',
      '4.c.1',
      '密码错误与未知办件不可区分：C-AFFAIR-PROJ-NOT-EXIST。',
      'A wrong password is not told apart from an unknown case.',
      refuses('case-query', UNKNOWN, ({ query }) => {
        query['projPwd'] = query['projPwd'] === '000000' ? '000001' : '000000'
      }),
    ),
    must(
      'ZJ-4.c.1-missing',
      '4.c.1',
      '缺少 projPwd：C-AFFAIR-PARAM-INVALID。',
      'Without projPwd: C-AFFAIR-PARAM-INVALID.',
      refuses('case-query', PARAM, ({ query }) => {
        delete query['projPwd']
      }),
    ),
    must(
      'ZJ-4.d-unknown',
      '4.d',
      '未知附件（HTTP 200）：C-ATTACH-NOT-EXIST。',
      'An unknown file, with HTTP 200: C-ATTACH-NOT-EXIST.',
      refuses('material-download', { codes: ['C-ATTACH-NOT-EXIST'] }, ({ query }) => {
        query['attPath'] = 'oss://fake/none'
      }),
    ),
    must(
      'ZJ-4.e-ticket-once',
      '3.4',
      '票据只能使用一次。',
      'A ticket works once.',
      refuses('sso-exchange', { codes: ['C-USER-SSO-TICKET-INVALID'] }, () => {}),
    ),
    must(
      'ZJ-4.e-token',
      '3.4',
      '未知用户令牌被拒绝。',
      'An unknown user token is refused.',
      refuses('sso-userinfo', { codes: ['C-USER-SSO-TOKEN-INVALID'] }, ({ body }) => {
        if (body) body['token'] = 'debug_at_00000000000000000000000000000000'
      }),
    ),
    must(
      'ZJ-4.f-name',
      '4.f',
      '姓名与证件不符：C-PHOTO-NOT-EXIST。',
      'Name and number that do not agree: C-PHOTO-NOT-EXIST.',
      refuses('photo-query', { codes: ['C-PHOTO-NOT-EXIST'] }, ({ body }) => {
        if (body) body['userName'] = '无此人'
      }),
    ),
    must(
      'ZJ-4.f-other-number',
      '4.f',
      '换业务号取照片：C-PHOTO-NOT-EXIST。',
      'A photo under another bizNo: C-PHOTO-NOT-EXIST.',
      refuses('photo-fetch', { codes: ['C-PHOTO-NOT-EXIST'] }, ({ body }) => {
        if (body) body['bizNo'] = '912345678901235'
      }),
    ),
    must(
      'ZJ-4.g-unknown',
      '4.g',
      '未知证照标识：06。',
      'An unknown licence: 06.',
      refuses('licence-fetch', { codes: ['06'] }, ({ query }) => {
        query['certificate_source_id'] = '1.2.156.3005.2.11330000MB1TEXT0X6001.330100.999999999.001.R'
      }),
    ),
    must(
      'ZJ-4.h-twice',
      '4.h',
      '重复评价：C-EVAL-DUPLICATE。',
      'The same rating twice: C-EVAL-DUPLICATE.',
      refuses('rating-push', { codes: ['C-EVAL-DUPLICATE'] }, () => {}),
    ),
    must(
      'ZJ-4.h-reason',
      '4.h',
      '差评须有原因：C-EVAL-REASON-REQUIRED。',
      'A bad grade needs a reason: C-EVAL-REASON-REQUIRED.',
      refuses('rating-push', { codes: ['C-EVAL-REASON-REQUIRED'] }, ({ body }) => {
        if (body) body['satisfaction'] = '1'
      }),
    ),
    must(
      'ZJ-4.j-missing',
      '4.j',
      '缺少业务号：C-AFFAIR-PARAM-INVALID。',
      'Without bizNo: C-AFFAIR-PARAM-INVALID.',
      refuses('case-list', PARAM, ({ body }) => {
        delete body?.['bizNo']
      }),
    ),
    must(
      'ZJ-4.k-missing',
      '4.k',
      '缺少区划：04。',
      'Without a division: 04.',
      refuses('window-list', SHARED, ({ query }) => {
        delete query['BELONGXIAQUCODE']
      }),
    ),
    must(
      'ZJ-4.l-repeat',
      '4.l',
      '重复撤回：C-AFFAIR-STATE-CONFLICT。',
      'A second withdrawal: C-AFFAIR-STATE-CONFLICT.',
      refuses('case-withdraw', CONFLICT, () => {}),
    ),
    must(
      'ZJ-4.l-unknown',
      '4.l',
      '撤回未知办件：C-AFFAIR-PROJ-NOT-EXIST。',
      'The withdrawal of an unknown case: C-AFFAIR-PROJ-NOT-EXIST.',
      refuses('case-withdraw', UNKNOWN, ({ body }) => {
        if (body) body['projId'] = NOBODY
      }),
    ),
    must(
      'ZJ-4.m-unknown',
      '4.m',
      '未知办件的结果：C-AFFAIR-PROJ-NOT-EXIST。',
      'The result of an unknown case: C-AFFAIR-PROJ-NOT-EXIST.',
      refuses('case-result', UNKNOWN, ({ body }) => {
        if (body) body['projId'] = NOBODY
      }),
    ),
  ],
}
