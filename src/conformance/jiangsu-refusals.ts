/** What Jiangsu’s platform must say to a request that is not right: its door and its applications. */
import { must, refuses, refusesUnsigned, speaksUtf8 } from './judge.ts'
import type { Requirement } from './model.ts'
import type { Parts } from './parts.ts'

const params = ({ body }: Parts): Record<string, unknown> =>
  (body?.['params'] ?? {}) as Record<string, unknown>
const set =
  (name: string, value: unknown) =>
  (parts: Parts): void => {
    params(parts)[name] = value
  }
const drop =
  (name: string) =>
  (parts: Parts): void => {
    delete params(parts)[name]
  }
const bus = (code: string) => ({ codes: [code], status: 401 })

export const JIANGSU_REFUSALS: readonly Requirement[] = [
  must('JS-1-charset', '1.7', '应答为 UTF-8 的 JSON。', 'Answers are JSON in UTF-8.', speaksUtf8),
  must(
    'JS-3.1-header',
    '3.1',
    '缺少请求头：1001。',
    'Without a header: 1001.',
    refusesUnsigned('health', bus('1001'), ({ headers }) => {
      delete headers['x-tif-nonce']
    }),
  ),
  must(
    'JS-3.1-app',
    '3.1',
    '未知应用：1005。',
    'An unknown application: 1005.',
    refusesUnsigned('health', bus('1005'), ({ headers }) => {
      headers['x-tif-paasid'] = 'nobody'
    }),
  ),
  must(
    'JS-3.1-skew',
    '3.1',
    '时间戳超出 180 秒：1003。',
    'A clock more than 180 s off: 1003.',
    async (bench) => {
      const late = String(Math.floor(bench.now().getTime() / 1000) - 200)
      await refusesUnsigned('health', bus('1003'), ({ headers }) => {
        headers['x-tif-timestamp'] = late
      })(bench)
    },
  ),
  must(
    'JS-3.1-lower',
    '3.1',
    '小写签名被拒绝：1002。',
    'A signature in lower case: 1002.',
    refusesUnsigned('health', bus('1002'), ({ headers }) => {
      headers['x-tif-signature'] = (headers['x-tif-signature'] ?? '').toLowerCase()
    }),
  ),
  must('JS-3.1-nonce', '3.1', '重复的随机数：1004。', 'A nonce that was used: 1004.', async (bench) => {
    const used = bench.good('health').out.headers
    await refusesUnsigned('health', bus('1004'), ({ headers }) => void Object.assign(headers, used))(bench)
  }),
  must(
    'JS-3.2-token',
    '3.2',
    '模块令牌错误：身份验证失败。',
    'A wrong module token: 身份验证失败.',
    refuses('case-query', { codes: ['身份验证失败'] }, ({ body }) => {
      if (body) body['token'] = 'WRONG'
    }),
  ),
  must(
    'JS-1.7-frame',
    '3.2',
    '报文框架外的成员：1006。',
    'A member outside the frame: 1006.',
    refuses('case-query', { codes: ['1006'], status: 400 }, ({ body }) => {
      if (body) body['other'] = '1'
    }),
  ),
  must(
    'JS-1.7-unknown-member',
    '1.7',
    '未定义参数：参数未定义。',
    'A member that no table lists: 参数未定义.',
    refuses('case-query', { codes: ['参数未定义:other'] }, set('other', '1')),
  ),
  must(
    'JS-1.6-string',
    '1.6',
    '参数必须是字符串：参数格式错误。',
    'Members are strings: 参数格式错误.',
    refuses('case-query', { codes: ['参数格式错误:flowsn'] }, set('flowsn', 1)),
  ),
  must(
    'JS-a-missing',
    'a',
    '缺少区划：参数不能为空。',
    'Without an area code: 参数不能为空.',
    refuses('matter-list', { codes: ['参数不能为空:areacode'] }, drop('areacode')),
  ),
  must(
    'JS-a-area',
    'a',
    '未知区划：区划代码不存在。',
    'An unknown area code: 区划代码不存在.',
    refuses('matter-list', { codes: ['区划代码不存在'] }, set('areacode', '329900')),
  ),
  must(
    'JS-a-unknown',
    'a',
    '未知事项：事项不存在。',
    'An unknown matter: 事项不存在.',
    refuses(
      'matter-detail',
      { codes: ['事项不存在'] },
      set('taskguid', '00000000-0000-0000-0000-000000000000'),
    ),
  ),
]
