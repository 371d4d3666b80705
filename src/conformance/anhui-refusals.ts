/** What Anhui’s platform must say to a request that is not right: what is wrong, unknown or repeated. */
import { must, refuses, refusesUnsigned, speaksUtf8 } from './judge.ts'
import type { Requirement } from './model.ts'
import type { Parts } from './parts.ts'

const NOBODY = 'AH340100209912319999'
const UNKNOWN = { codes: ['05'] }
const PARAM = { codes: ['02'] }

/** Replaces the content of an XML element in the only field of the form. */
const element =
  (name: string, value: string | undefined) =>
  ({ body }: Parts): void => {
    if (!body) return
    for (const field of Object.keys(body))
      body[field] = String(body[field]).replace(
        new RegExp(`<${name}>[^<]*</${name}>`),
        value === undefined ? '' : `<${name}>${value}</${name}>`,
      )
  }
const set =
  (name: string, value: unknown) =>
  ({ body }: Parts): void => {
    if (body) body[name] = value
  }
const drop =
  (name: string) =>
  ({ body }: Parts): void => {
    delete body?.[name]
  }
const front = (code: string) => ({ codes: [code], status: 401 })

export const ANHUI_REFUSALS: readonly Requirement[] = [
  must('AH-1-charset', '1', '应答为 UTF-8 的 JSON。', 'Answers are JSON in UTF-8.', speaksUtf8),
  must(
    'AH-3.6-header',
    '3.6',
    '缺少请求头：10008。',
    'Without a header: 10008.',
    refusesUnsigned('health', front('10008'), ({ headers }) => {
      delete headers['S-Auth-Nonce']
    }),
  ),
  must(
    'AH-3.6-app',
    '3.6',
    '未知应用：10001。',
    'An unknown application: 10001.',
    refusesUnsigned('health', front('10001'), ({ headers }) => {
      headers['S-Auth-AppId'] = 'nobody'
    }),
  ),
  must(
    'AH-3.6-group',
    '3.6',
    '接口组不符：10005。',
    'Another group: 10005.',
    refusesUnsigned('health', front('10005'), ({ headers }) => {
      headers['S-Auth-GroupId'] = 'nobody'
    }),
  ),
  must(
    'AH-3.6-skew',
    '3.6',
    '时间偏差超过 300 秒：10002。',
    'A clock more than 300 s off: 10002.',
    async (bench) => {
      const late = String(bench.now().getTime() - 301_000)
      await refusesUnsigned('health', front('10002'), ({ headers }) => {
        headers['S-Auth-Timestamp'] = late
      })(bench)
    },
  ),
  must(
    'AH-3.6-md5',
    '3.6',
    '报文摘要不符：10006。',
    'A digest of another body: 10006.',
    refusesUnsigned('case-query', front('10006'), ({ headers }) => {
      headers['S-Content-MD5'] = 'AAAAAAAAAAAAAAAAAAAAAA=='
    }),
  ),
  must(
    'AH-3.2-query',
    '3.2',
    '查询串受签名保护：10003。',
    'The query is covered by the signature: 10003.',
    refusesUnsigned('health', front('10003'), ({ query }) => {
      query['areaCode'] = '340200000000'
    }),
  ),
  must(
    'AH-4a-page',
    '4a',
    '页长超限：400。',
    'A page that is too long: 400.',
    refuses('matter-list', { codes: ['400'] }, set('pageSize', 500)),
  ),
  must(
    'AH-4a-missing',
    '4a',
    '缺少区划：400。',
    'Without an area code: 400.',
    refuses('matter-list', { codes: ['400'] }, drop('areaCode')),
  ),
  must(
    'AH-4a-unknown',
    '4a',
    '未知事项：404。',
    'An unknown matter: 404.',
    refuses('matter-detail', { codes: ['404'] }, set('serviceCode', '3401000000000000000')),
  ),
  must(
    'AH-4b-matter',
    '4b',
    '未知事项取号：04。',
    'A number for an unknown matter: 04.',
    refuses('take-number', { codes: ['04'] }, element('SERVICECODE', '3401000000000000000')),
  ),
  must(
    'AH-4b-missing',
    '4b',
    '申报缺少申请人：02。',
    'A submission without its applicant: 02.',
    refuses('apply-submit', PARAM, element('APPLYNAME', undefined)),
  ),
  must(
    'AH-4b-duplicate',
    '4b',
    '重复 UNID：07。',
    'A repeated UNID: 07.',
    refuses('apply-submit', { codes: ['07'] }, () => {}),
  ),
  must(
    'AH-4c-unknown',
    '4c',
    '未知办件：05。',
    'An unknown case: 05.',
    refuses('case-query', UNKNOWN, element('PROJID', NOBODY)),
  ),
  must(
    'AH-4c-password',
    '4c',
    '密码错误：03。',
    'A wrong password: 03.',
    refuses('case-query', { codes: ['03'] }, element('PROJPWD', '000000')),
  ),
  must(
    'AH-4c-missing',
    '4c',
    '缺少办件号：02。',
    'Without a number: 02.',
    refuses('case-query', PARAM, element('PROJID', undefined)),
  ),
  must(
    'AH-4e-token',
    '4e',
    '未知用户令牌被拒绝。',
    'An unknown user token is refused.',
    refuses('sso-userinfo', { codes: ['U0001'] }, ({ query }) => {
      query['access_token'] = '0'.repeat(32)
    }),
  ),
  must(
    'AH-4g-token',
    '4g',
    '令牌无效：401。',
    'A token that does not exist: 401.',
    refuses('licence-fetch', { codes: ['401'] }, set('token', '0'.repeat(32))),
  ),
  must(
    'AH-4g-unknown',
    '4g',
    '未知证照：404。',
    'An unknown licence: 404.',
    refuses(
      'licence-fetch',
      { codes: ['404'] },
      set('certId', '1.2.156.3005.2.11340000MB1FAKE98T001.11340100MB1FAKE125.999999999.001.D'),
    ),
  ),
  must(
    'AH-4j-missing',
    '4j',
    '缺少证件号：02。',
    'Without the number of a document: 02.',
    refuses('case-list', PARAM, element('APPLY_CARDNUMBER', undefined)),
  ),
  must(
    'AH-4k-missing',
    '4k',
    '缺少区划：400。',
    'Without an area code: 400.',
    refuses('window-list', { codes: ['400'] }, drop('areaCode')),
  ),
  must(
    'AH-4l-unknown',
    '4l',
    '撤回未知办件：05。',
    'The withdrawal of an unknown case: 05.',
    refuses('case-withdraw', UNKNOWN, element('PROJID', NOBODY)),
  ),
  must(
    'AH-4m-unknown',
    '4m',
    '未知办件的结果：05。',
    'The result of an unknown case: 05.',
    refuses('result-download', UNKNOWN, element('PROJID', NOBODY)),
  ),
]
