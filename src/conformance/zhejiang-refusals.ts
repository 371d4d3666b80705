/** What Zhejiang’s platform must say to a request that is not right: its door and its applications. */
import { must, refuses, refusesUnsigned, repeats, speaksUtf8 } from './judge.ts'
import type { Requirement } from './model.ts'

const PARAM = { codes: ['C-AFFAIR-PARAM-INVALID'] }
const UNKNOWN = { codes: ['C-AFFAIR-PROJ-NOT-EXIST'] }
const SHARED = { codes: ['04'] }
const NOBODY = '330101990105999999999'

export const ZHEJIANG_REFUSALS: readonly Requirement[] = [
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
]
